// The components by name. Written by `npm run generate`; do not edit.
import type { Component } from '../components/component.ts';
import ApiKeyAuthenticator from '../components/authenticator/api-key-authenticator.ts';
import BasicHttpAuthenticator from '../components/authenticator/basic-http-authenticator.ts';
import BearerAuthenticator from '../components/authenticator/bearer-authenticator.ts';
import LegacySessionTokenAuthenticator from '../components/authenticator/legacy-session-token-authenticator.ts';
import NoAuth from '../components/authenticator/no-auth.ts';
import SelectiveAuthenticator from '../components/authenticator/selective-authenticator.ts';
import SessionTokenAuthenticator from '../components/authenticator/session-token-authenticator.ts';
import RequestAvailability from '../components/availability/request-availability.ts';
import ConstantBackoffStrategy from '../components/backoff/constant-backoff-strategy.ts';
import ExponentialBackoffStrategy from '../components/backoff/exponential-backoff-strategy.ts';
import WaitTimeFromHeader from '../components/backoff/wait-time-from-header.ts';
import WaitTimeFromResponse from '../components/backoff/wait-time-from-response.ts';
import WaitUntilTimeFromHeader from '../components/backoff/wait-until-time-from-header.ts';
import CheckStream from '../components/check/check-stream.ts';
import ComponentMappingDefinition from '../components/component_mapping/component-mapping-definition.ts';
import ConfigComponentsResolver from '../components/components_resolver/config-components-resolver.ts';
import HttpComponentsResolver from '../components/components_resolver/http-components-resolver.ts';
import ParametrizedComponentsResolver from '../components/components_resolver/parametrized-components-resolver.ts';
import ConcurrencyLevel from '../components/concurrency/concurrency-level.ts';
import ConfigMigration from '../components/config_migration/config-migration.ts';
import ConfigAddFields from '../components/config_transformation/config-add-fields.ts';
import ConfigRemapField from '../components/config_transformation/config-remap-field.ts';
import ConfigRemoveFields from '../components/config_transformation/config-remove-fields.ts';
import DpathValidator from '../components/config_validation/dpath-validator.ts';
import PredicateValidator from '../components/config_validation/predicate-validator.ts';
import MinMaxDatetime from '../components/datetime/min-max-datetime.ts';
import JsonDecoder from '../components/decoder/json-decoder.ts';
import DynamicDeclarativeStream from '../components/dynamic_stream/dynamic-declarative-stream.ts';
import CompositeErrorHandler from '../components/error_handler/composite-error-handler.ts';
import DefaultErrorHandler from '../components/error_handler/default-error-handler.ts';
import DpathExtractor from '../components/extractor/dpath-extractor.ts';
import AddedFieldDefinition from '../components/field/added-field-definition.ts';
import RecordFilter from '../components/filter/record-filter.ts';
import DatetimeBasedCursor from '../components/incremental_sync/datetime-based-cursor.ts';
import CursorPagination from '../components/pagination_strategy/cursor-pagination.ts';
import OffsetIncrement from '../components/pagination_strategy/offset-increment.ts';
import PageIncrement from '../components/pagination_strategy/page-increment.ts';
import DefaultPaginator from '../components/paginator/default-paginator.ts';
import NoPagination from '../components/paginator/no-pagination.ts';
import ParentStreamConfig from '../components/parent/parent-stream-config.ts';
import ListPartitionRouter from '../components/partition_router/list-partition-router.ts';
import SubstreamPartitionRouter from '../components/partition_router/substream-partition-router.ts';
import ApiKey from '../components/request_authentication/api-key.ts';
import Bearer from '../components/request_authentication/bearer.ts';
import RequestBodyJsonObject from '../components/request_body/request-body-json-object.ts';
import RequestBodyPlainText from '../components/request_body/request-body-plain-text.ts';
import RequestBodyUrlEncodedForm from '../components/request_body/request-body-url-encoded-form.ts';
import RequestOption from '../components/request_option/request-option.ts';
import RequestPath from '../components/request_option/request-path.ts';
import HttpRequester from '../components/requester/http-requester.ts';
import HttpResponseFilter from '../components/response_filter/http-response-filter.ts';
import SimpleRetriever from '../components/retriever/simple-retriever.ts';
import DynamicSchemaLoader from '../components/schema_loader/dynamic-schema-loader.ts';
import InlineSchemaLoader from '../components/schema_loader/inline-schema-loader.ts';
import JsonFileSchemaLoader from '../components/schema_loader/json-file-schema-loader.ts';
import SchemaTypeIdentifier from '../components/schema_types/schema-type-identifier.ts';
import RecordSelector from '../components/selector/record-selector.ts';
import DeclarativeSource from '../components/source/declarative-source.ts';
import Spec from '../components/spec/spec.ts';
import DeclarativeStream from '../components/stream/declarative-stream.ts';
import StreamConfig from '../components/stream_config/stream-config.ts';
import StreamParametersDefinition from '../components/stream_parameters/stream-parameters-definition.ts';
import AddFields from '../components/transformation/add-fields.ts';
import DpathFlattenFields from '../components/transformation/dpath-flatten-fields.ts';
import KeysToSnakeCase from '../components/transformation/keys-to-snake-case.ts';
import RemoveFields from '../components/transformation/remove-fields.ts';
import TypesMap from '../components/types_map/types-map.ts';
import ValidateAdheresToSchema from '../components/validation_strategy/validate-adheres-to-schema.ts';

export const components: readonly Component[] = [
  ApiKeyAuthenticator,
  BasicHttpAuthenticator,
  BearerAuthenticator,
  LegacySessionTokenAuthenticator,
  NoAuth,
  SelectiveAuthenticator,
  SessionTokenAuthenticator,
  RequestAvailability,
  ConstantBackoffStrategy,
  ExponentialBackoffStrategy,
  WaitTimeFromHeader,
  WaitTimeFromResponse,
  WaitUntilTimeFromHeader,
  CheckStream,
  ComponentMappingDefinition,
  ConfigComponentsResolver,
  HttpComponentsResolver,
  ParametrizedComponentsResolver,
  ConcurrencyLevel,
  ConfigMigration,
  ConfigAddFields,
  ConfigRemapField,
  ConfigRemoveFields,
  DpathValidator,
  PredicateValidator,
  MinMaxDatetime,
  JsonDecoder,
  DynamicDeclarativeStream,
  CompositeErrorHandler,
  DefaultErrorHandler,
  DpathExtractor,
  AddedFieldDefinition,
  RecordFilter,
  DatetimeBasedCursor,
  CursorPagination,
  OffsetIncrement,
  PageIncrement,
  DefaultPaginator,
  NoPagination,
  ParentStreamConfig,
  ListPartitionRouter,
  SubstreamPartitionRouter,
  ApiKey,
  Bearer,
  RequestBodyJsonObject,
  RequestBodyPlainText,
  RequestBodyUrlEncodedForm,
  RequestOption,
  RequestPath,
  HttpRequester,
  HttpResponseFilter,
  SimpleRetriever,
  DynamicSchemaLoader,
  InlineSchemaLoader,
  JsonFileSchemaLoader,
  SchemaTypeIdentifier,
  RecordSelector,
  DeclarativeSource,
  Spec,
  DeclarativeStream,
  StreamConfig,
  StreamParametersDefinition,
  AddFields,
  DpathFlattenFields,
  KeysToSnakeCase,
  RemoveFields,
  TypesMap,
  ValidateAdheresToSchema,
];

"""Loads streams of a Metabase with dlt, which reads them through PyAirbyte.

    python load.py config.json cards dashboards users

The tables go into warehouse.duckdb of the current folder; any other destination of dlt does as well.
"""

import json
import sys
from pathlib import Path

import airbyte as ab
import dlt

config_path, *streams = sys.argv[1:]

source = ab.get_source(
    "source-metabase",
    config=json.loads(Path(config_path).read_text()),
    local_executable="source-metabase",
)


def records(stream):
    for record in source.get_records(stream):
        yield dict(record)


@dlt.source(max_table_nesting=0)  # nested values stay JSON, as they come
def metabase():
    for stream in streams:
        yield dlt.resource(records(stream), name=stream, write_disposition="replace")


pipeline = dlt.pipeline(
    "metabase",
    destination=dlt.destinations.duckdb("warehouse.duckdb"),
    dataset_name="metabase",
)
pipeline.run(metabase()).raise_on_failed_jobs()
for stream in streams:
    print(f"{stream:<30}{pipeline.last_trace.last_normalize_info.row_counts[stream]:>10}")

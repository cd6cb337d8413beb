"""Syncs every stream of a Metabase into a DuckDB file, a table for each stream.

    python sync.py config.json metabase.duckdb                                 # source-metabase from the PATH
    python sync.py config.json metabase.duckdb --executable bin/source-metabase
    python sync.py config.json metabase.duckdb --image source-metabase:0.1.0   # with Docker

Run it again, and the tables are replaced by what is there then; the usage logs go on from where they were.
"""

import argparse
import json
from pathlib import Path

import airbyte as ab
from airbyte.caches import DuckDBCache

parser = argparse.ArgumentParser()
parser.add_argument("config")
parser.add_argument("database")
parser.add_argument("--executable", default="source-metabase")
parser.add_argument("--image")
arguments = parser.parse_args()

where = {"docker_image": arguments.image} if arguments.image else {"local_executable": arguments.executable}
source = ab.get_source("source-metabase", config=json.loads(Path(arguments.config).read_text()), **where)
source.check()
source.select_all_streams()

# One record of one stream first: PyAirbyte stops the connector after it.
(card,) = source.get_records("cards", limit=1)
print(f"For example the card {card['id']}: {card['name']}")

result = source.read(cache=DuckDBCache(db_path=arguments.database))
for name, records in result.streams.items():
    print(f"{name:<30}{len(records):>10}")

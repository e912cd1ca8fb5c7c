"""DynamoDB by boto3, which knows every way to credentials, and takes long to load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skill.storage.table_client import ATTEMPTS, TableError


class Boto3Client:
    """Asks with the credentials and in the region that boto3 finds; raises TableError without any."""

    def __init__(self, wait_s: float) -> None:
        from boto3.session import Session
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, NoCredentialsError

        config = Config(
            connect_timeout=wait_s, read_timeout=wait_s, retries={"mode": "standard", "total_max_attempts": ATTEMPTS}
        )
        try:
            session = Session()
            self._client = session.client("dynamodb", config=config)
            # It would go on without for ever, even if they just could not be had at this moment.
            if session.get_credentials() is None:
                raise NoCredentialsError
        except (BotoCoreError, OSError, ValueError) as error:
            raise TableError(type(error).__name__) from None

    def ask(self, operation: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to an operation; raises TableError."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            answer: dict[str, Any] = getattr(self._client, operation)(**values)
        except ClientError as error:
            raise TableError(error.response.get("Error", {}).get("Code", ""), error.response.get("Item")) from None
        except (BotoCoreError, OSError, ValueError) as error:
            raise TableError(type(error).__name__) from None
        return answer

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

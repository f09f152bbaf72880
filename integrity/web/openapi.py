"""The OpenAPI description of the open data."""

from typing import Any

from integrity.rules.validity import Standing

_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_DAY = {"type": ["string", "null"], "format": "date", "description": "YYYY-MM-DD，含当日；没有记录时为 null"}
_STATUS = {
    "type": "string",
    "enum": [standing.value for standing in Standing],
    "description": "valid 有效期内；soon 30 天内到期；expired 已过有效期；failed 检定不合格；first_only 只做首次检定；never 没有检定记录",
}
_PROBLEM = {
    "description": "没有找到",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def _ok(schema: str) -> dict[str, Any]:
    return {
        "description": "找到了",
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _get(summary: str, *, parameter: str, example: str, schema: str) -> dict[str, Any]:
    return {
        "get": {
            "summary": summary,
            "parameters": [
                {"name": parameter, "in": "path", "required": True, "schema": _TEXT, "example": example}
            ],
            "responses": {"200": _ok(schema), "404": _PROBLEM},
        }
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "权衡 开放数据",
        "version": "1.0.0",
        "description": "计量器具检定状态查询，无需密钥。只含市场主体和器具信息，不含个人信息。以检定证书原件为准。",
    },
    "servers": [{"url": "/api/v1"}],
    "paths": {
        "/merchants/{uscc}": _get(
            "按统一社会信用代码查商户的器具检定状态",
            parameter="uscc",
            example="92370102MA00087E8F",
            schema="Merchant",
        ),
        "/certificates/{number}": _get(
            "按检定证书编号查器具和有效期",
            parameter="number",
            example="SD370102-2025-000001",
            schema="Certificate",
        ),
    },
    "components": {
        "schemas": {
            "Merchant": _object(
                uscc=_TEXT,
                name=_TEXT,
                sign_name=_TEXT,
                trade=_TEXT,
                region_code={"type": "string", "description": "六位行政区划代码"},
                place=_TEXT,
                instruments=_object(total={"type": "integer"}, valid={"type": "integer"}),
                rating={**_MAYBE, "description": "诚信计量评级；未评时为 null"},
                devices={"type": "array", "items": {"$ref": "#/components/schemas/Device"}},
            ),
            "Device": _object(
                instrument=_TEXT,
                model=_TEXT,
                serial=_TEXT,
                certificate_no=_MAYBE,
                verified_on=_DAY,
                valid_until=_DAY,
                status=_STATUS,
            ),
            "Certificate": _object(
                certificate_no=_TEXT,
                merchant=_TEXT,
                instrument=_TEXT,
                model=_TEXT,
                serial=_TEXT,
                verified_on=_DAY,
                valid_until=_DAY,
                institution=_TEXT,
                replaced={"type": "boolean", "description": "这台器具之后又检定过"},
                status=_STATUS,
            ),
            "Problem": _object(type=_TEXT, title=_TEXT, status={"type": "integer"}, request=_TEXT),
        }
    },
}

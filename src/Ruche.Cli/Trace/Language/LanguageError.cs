// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace.Language;

/// <summary>Why a request is not answered, as JSON-RPC and editors number it.</summary>
internal enum LanguageError
{
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    ServerNotInitialized = -32002,
}

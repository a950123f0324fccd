// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Preamble;

/// <summary>A type of C cannot be read.</summary>
internal sealed class CTypeException(string message, int position) : Exception(message)
{
    /// <summary>Where in its text.</summary>
    public int Position { get; } = position;
}

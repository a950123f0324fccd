// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>A file in the text that a script and its imports make together.</summary>
/// <param name="Name">What diagnostics call it.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="FirstLine">The number of its first line in the whole text, from one.</param>
internal sealed record SourceFile(string Name, int Start, int FirstLine);

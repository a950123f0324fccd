// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Language;

/// <summary>What there is to say about a place of a script.</summary>
/// <param name="Code">A type, a signature or a prototype, as code; may be of several lines.</param>
/// <param name="Text">A sentence about it; may be empty.</param>
public sealed record TraceHover(string Code, string Text);

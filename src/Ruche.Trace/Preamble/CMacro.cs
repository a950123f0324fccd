// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Preamble;

/// <summary>A macro that is called.</summary>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Text">What it stands for.</param>
internal sealed record CMacro(ImmutableArray<string> Parameters, string Text);

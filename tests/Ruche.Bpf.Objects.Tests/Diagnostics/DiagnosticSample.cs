// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

/// <summary>A bad input, in words, and what is said about it.</summary>
internal sealed record DiagnosticSample(string Id, string Input, Func<Diagnostic> Provoke);

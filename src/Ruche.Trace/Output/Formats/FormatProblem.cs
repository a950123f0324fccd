// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Output.Formats;

/// <summary>What is wrong with a format; start and length count the format's bytes, see <see cref="FormatLiteral"/>.</summary>
internal sealed record FormatProblem(string Id, Severity Severity, string Message, int Start, int Length);

// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace;

/// <summary>What becomes of a script on its way to the kernel.</summary>
internal enum TraceStage
{
    Ast,
    Ir,
    Bpf,
}

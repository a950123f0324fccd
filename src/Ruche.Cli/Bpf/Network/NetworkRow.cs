// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.Network;

/// <summary>A program in the network stack.</summary>
/// <param name="Device">The interface; empty for hooks of the whole namespace.</param>
/// <param name="Index">The interface's index.</param>
/// <param name="Hook">The hook.</param>
/// <param name="Kind">Where or how at the hook.</param>
/// <param name="ProgramId">The program.</param>
/// <param name="LinkId">The link; 0 when there is none.</param>
/// <param name="Name">The program's name.</param>
internal sealed record NetworkRow(string Device, int Index, string Hook, string Kind, uint ProgramId, uint LinkId, string Name);

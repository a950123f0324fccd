// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>Where a redirect map sends packets.</summary>
/// <param name="Value">The interface's index, or the size of the CPU's queue.</param>
/// <param name="ProgramId">The XDP program that runs there; 0 for none.</param>
public readonly record struct RedirectTarget(uint Value, uint ProgramId);

// SPDX-License-Identifier: MIT
namespace Ruche.Trace;

/// <summary>A program that a script was compiled to.</summary>
/// <param name="Name">Its name in the object.</param>
/// <param name="Hook">How it gets to its places: the kind of hook in the kernel.</param>
/// <param name="Places">The probes that it serves, as the script knows them.</param>
/// <param name="Instructions">How many slots of instructions it has.</param>
public sealed record TraceProgram(string Name, string Hook, IReadOnlyList<string> Places, int Instructions);

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bench.Verdicts;

/// <summary>Cuts an object down to one program and what that program reaches, so that nothing else of the object can stand in its way.</summary>
internal static class LoneProgram
{
    /// <exception cref="Ruche.Bpf.Objects.Diagnostics.InvalidObjectException">The program does not link.</exception>
    public static ObjectSpec Of(ObjectSpec spec, ProgramSpec program, ProgramFlags flags)
    {
        HashSet<string> reached = [.. ProgramLinker.Link(program, spec).References.Select(r => r.Target)];
        while (spec.Maps.Where(m => reached.Contains(m.Name)).SelectMany(m => m.Slots).Any(slot => reached.Add(slot.Target)))
        {
            // Maps in maps, to any depth.
        }

        return spec with
        {
            Programs = [program with { AutoLoad = true, Flags = program.Flags | flags }],
            // They stay, since the types are mended by them.
            Externs = [.. spec.Externs.Select(e => e with { IsWeak = e.IsWeak || !(e.Kind is ExternKind.Kconfig || reached.Contains(e.Name)) })],
            // A struct_ops map tells which member the program is; creating it takes more than the program.
            Maps = [.. spec.Maps.Select(m => m with
            {
                AutoCreate = reached.Contains(m.Name) && m.Type is not MapType.StructOps,
                Pinning = MapPinning.None,
            })],
        };
    }
}

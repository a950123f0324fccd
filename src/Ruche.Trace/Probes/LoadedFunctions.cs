// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Types;
using Ruche.Trace.Types;

namespace Ruche.Trace.Probes;

/// <summary>Functions of the programs that the kernel has loaded, as far as those have types: only they have names, and can be attached to.</summary>
internal static class LoadedFunctions
{
    /// <summary>Lists them: programs in the order of their ids, and the functions of each in the order of its code.</summary>
    /// <exception cref="BpfException">The process may not see programs.</exception>
    public static IReadOnlyList<LoadedFunction> Find()
    {
        List<LoadedFunction> found = [];
        foreach (uint id in BpfProgram.EnumerateIds())
        {
            if (BpfProgram.TryOpenById(id) is not { } program) continue;
            using (program) found.AddRange(FunctionsOf(program, id));
        }

        return found;
    }

    private static IEnumerable<LoadedFunction> FunctionsOf(BpfProgram program, uint id)
    {
        uint typesId = program.GetInfo().BtfId;
        if (typesId == 0 || LoadedTypes.TryOpenById(typesId) is not { } loaded) return [];
        using (loaded)
        {
            var types = loaded.Read();
            return [.. program.ReadDebugInfo().Functions.Select(f => new LoadedFunction(id, types.NameOf(f.Type), ReturnOf(types, f.Type)))];
        }
    }

    private static int ReturnOf(BtfSpec types, int function)
    {
        if (types[((BtfType.Function)types[function]).Prototype] is not BtfType.FunctionPrototype prototype) return 0;
        return new TypeCatalog(() => types).Of(prototype.Return) switch
        {
            TraceType.Nothing => 0,
            TraceType.Integer number => number.IsSigned ? -number.Bytes : number.Bytes,
            _ => types.TrySizeOf(prototype.Return, out int size) && size is 1 or 2 or 4 ? size : sizeof(ulong),
        };
    }
}

// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>What is read from a section of constants that nobody changes any more is known. What may be set before the load stays a load.</summary>
internal static class FixedSectionReading
{
    public static void Run(Module module, Function function)
    {
        if (module.FixedSections.Count == 0) return;
        Substitution substitution = new();
        foreach (var block in function.Blocks)
        {
            foreach (var load in block.Operations.OfType<Load>())
            {
                if (Known(module, load) is { } constant) substitution.Add(load, constant);
            }
        }

        substitution.Apply(function);
    }

    private static Constant? Known(Module module, Load load)
    {
        if (load.Type is not IrType.Int) return null;
        var (address, offset) = (load.Address, (long)load.Offset);
        while (address is Binary { Operator: BinaryOperator.Add, Right: Constant distance } sum) (address, offset) = (sum.Left, offset + distance.Signed);
        if (address is not GlobalAddress global || !module.FixedSections.Contains(global.Map)) return null;
        offset += global.Offset;
        var map = module.Maps.Find(m => m.Name == global.Map);
        if (map is not { DataSection: DataSectionKind.ReadOnlyData } || offset < 0 || offset + load.Type.Bytes > map.ValueSize) return null;
        Span<byte> word = stackalloc byte[sizeof(long)];
        for (int i = 0; i < load.Type.Bytes; i++) word[i] = offset + i < map.Contents.Length ? map.Contents[(int)offset + i] : (byte)0;
        return new(load.Type, BinaryPrimitives.ReadInt64LittleEndian(word));
    }
}

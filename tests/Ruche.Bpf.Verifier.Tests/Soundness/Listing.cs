// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>Programs as text, for whoever has to find out what is wrong with one.</summary>
internal static class Listing
{
    /// <summary>Every instruction with its slot; goto +0, which does nothing, is left out.</summary>
    public static string Of(VerifierProgram program)
    {
        StringBuilder text = new();
        text.Append(program.Type).AppendLine();
        for (int slot = 0; slot < program.Instructions.Length; slot++)
        {
            var x = program.Instructions[slot];
            if (x.Opcode == Objects.Instructions.Opcodes.Goto && x.Offset == 0) continue;
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{slot,4}: {x}");
            if (program.Maps.TryGetValue(slot, out var map)) text.Append(" ; ").Append(map).Append(program.MapOffsets.TryGetValue(slot, out int offset) ? $"[0] + {offset}" : "");
            text.AppendLine();
            if (x.IsWide) slot++;
        }

        return text.ToString();
    }
}

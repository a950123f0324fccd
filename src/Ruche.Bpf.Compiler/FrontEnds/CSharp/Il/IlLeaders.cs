// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;

/// <summary>Where the blocks of a method begin: wherever something jumps to.</summary>
internal static class IlLeaders
{
    public static HashSet<int> Of(List<IlInstruction> code)
    {
        HashSet<int> leaders = [0];
        foreach (var instruction in code)
        {
            if (instruction.HasTarget) leaders.Add((int)instruction.Operand);
            leaders.UnionWith(instruction.Targets);
            if (instruction.EndsBlock) leaders.Add(instruction.Next);
        }

        return leaders;
    }
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What a function uses.</summary>
/// <param name="Length">How many slots it has.</param>
/// <param name="Preserved">The registers of its caller that it changes and must give back.</param>
/// <param name="UsesStack">Whether it can see its stack.</param>
internal sealed record FunctionLayout(int Length, IReadOnlyList<int> Preserved, bool UsesStack)
{
    private const int FirstPreserved = 6;
    private const int LastPreserved = 9;
    private const int FramePointer = 10;

    public static FunctionLayout Of(ReadOnlySpan<DecodedInstruction> code, bool isCalled)
    {
        SortedSet<int> changed = [];
        bool usesStack = false;
        foreach (var instruction in code)
        {
            usesStack |= instruction.Source == FramePointer || instruction.Destination == FramePointer;
            foreach (int register in (ReadOnlySpan<int>)[instruction.Destination, instruction.Source])
                if (register is >= FirstPreserved and <= LastPreserved) changed.Add(register);
        }

        // What an entry that nobody calls changes, the code around it gives back.
        return new(code.Length, isCalled ? [.. changed] : [], usesStack);
    }
}

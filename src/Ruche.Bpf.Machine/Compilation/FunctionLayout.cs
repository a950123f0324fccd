// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>A function, and what it uses.</summary>
/// <param name="Start">Its first slot.</param>
/// <param name="Length">How many slots it has.</param>
/// <param name="IsCalled">Whether other code of the program may call it.</param>
/// <param name="Changed">The registers that it changes and that belong to its caller.</param>
/// <param name="UsesStack">Whether it can see its stack.</param>
/// <param name="Calls">Whether it calls a function or a helper.</param>
internal sealed record FunctionLayout(int Start, int Length, bool IsCalled, List<int> Changed, bool UsesStack, bool Calls)
{
    // What an entry that nobody calls changes, the code around it gives back.
    public List<int> Preserved => IsCalled ? Changed : [];

    private const int FirstPreserved = 6;
    private const int LastPreserved = 9;
    private const int FramePointer = 10;

    public static FunctionLayout Of(DecodedInstruction[] code, int start, int end, bool isCalled)
    {
        int changed = 0;
        bool usesStack = false, calls = false;
        for (int slot = start; slot < end; slot++)
        {
            ref readonly var instruction = ref code[slot];
            usesStack |= instruction.Source == FramePointer || instruction.Destination == FramePointer;
            calls |= instruction.Operation is Operation.CallLocal || CodeLayout.EntersRuntime(instruction.Operation);
            // A register of the caller is not read before it is written, so what is mentioned is changed.
            changed |= (1 << instruction.Destination) | (1 << instruction.Source);
        }

        List<int> kept = [];
        for (int register = FirstPreserved; register <= LastPreserved; register++)
            if ((changed & (1 << register)) != 0) kept.Add(register);
        return new(start, end - start, isCalled, kept, usesStack, calls);
    }
}

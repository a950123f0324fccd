// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    private void SelectCall(Operation call)
    {
        // What stands in the arguments' registers is in registers of its own before the first of them is written.
        int[] values = new int[call.Operands.Count];
        for (int i = 0; i < values.Length; i++) values[i] = IsMadeAnew(call.Operands[i]) ? MachineInstruction.None : RegisterOf(call.Operands[i]);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < 0) Put(i + 1, call.Operands[i]);
            else Copy(i + 1, values[i]);
        }

        Add(new() { Code = CodeOf(call), Arguments = values.Length, Reference = ReferenceOf(call), Line = _line });
        if (call.Type is IrType.Void) return;
        int result = RegisterOf(call);
        if (call.Type.Bits == 64 || call is LocalCall) Copy(result, 0);
        else if (call.Type.Bits == 32) Write(Insn.Mov32(default, default(Register)), result, 0);
        else
        {
            Copy(result, 0);
            Mask(result, call.Type.Bits);
        }
    }

    private static Instruction CodeOf(Operation call) => call switch
    {
        HelperCall x => Insn.Call(x.Helper),
        KernelCall => Insn.CallKernel(0),
        LocalCall => Insn.CallFunction(-1),
        _ => throw new UnreachableException($"no case for {call.GetType().Name}"),
    };

    private static Func<int, Reference>? ReferenceOf(Operation call) => call switch
    {
        KernelCall x => slot => new Reference.KernelCall(slot, x.Function),
        LocalCall x => slot => new Reference.Call(slot, x.Function),
        _ => null,
    };
}

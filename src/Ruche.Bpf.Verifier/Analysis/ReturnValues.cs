// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>What programs and functions may return.</summary>
internal static class ReturnValues
{
    /// <summary>
    /// Checks what a program, a global function or a callback that the kernel calls later returns: R0 at its exit, R1 when it throws and nothing
    /// handles that.
    /// </summary>
    public static void Check(Walk walk, GlobalFunctions globals, Register register = Register.R0)
    {
        var program = walk.Program;
        var frame = walk.Now.Top;
        var value = walk.Now[register];
        if (IsOfNothing(walk) && (frame.Function == 0 || frame.IsExceptionHandler)) return;
        if (frame.Function == 0 || frame.IsExceptionHandler || !globals.ReturnsNothing(frame.Function)) value = walk.Read(register);
        if (frame.Callback is CallbackKind.Later)
        {
            CheckRange(walk, value, new(0, 0, "0, as nothing asks for more"));
            return;
        }

        if (!walk.Profile.IsPrivileged && value.IsPointer) Walk.Reject(VerifierRules.PointerLeak, $"{Describe.Name(register)} is {Describe.Value(value)} at the end", value);
        if (frame.Function != 0 && !frame.IsExceptionHandler)
        {
            if (!value.IsScalar && !globals.ReturnsNothing(frame.Function)) Walk.Reject(VerifierRules.ReturnValue, $"a global function returns {Describe.Value(value)}, and may only return a number", value);
            return;
        }

        if (program.Type is ProgramType.StructOps)
        {
            CheckOperation(walk, value);
            return;
        }

        if (program.Type is ProgramType.Ext) return;
        if (ReturnRules.For(program.Type, program.Attach, program.AttachTarget, walk.Profile.Release) is not { } range) return;
        CheckRange(walk, value, range);
    }

    // Hooks that return nothing ask for nothing.
    private static bool IsOfNothing(Walk walk) => walk.Program switch
    {
        { Type: ProgramType.StructOps } => AttachedFunction.Find(walk.Program, walk.Kernel) is { Result: 0 },
        { Type: ProgramType.Lsm, Attach: not AttachType.LsmCgroup } => SecurityHooks.ResultOf(walk.Program.AttachTarget) is SecurityHookResult.Nothing,
        _ => false,
    };

    private static void CheckOperation(Walk walk, Value value)
    {
        if (AttachedFunction.Find(walk.Program, walk.Kernel) is not { } function) return;
        int result = function.Types.Resolve(function.Result);
        if (function.Types.KindOf(result) is not BtfKind.Pointer) return;
        if (value.Kind is ValueKind.Btf && value.Reference != 0) return;
        CheckRange(walk, value, ReturnRules.StructOpsPointer);
    }

    private static void CheckRange(Walk walk, Value value, ReturnRange range)
    {
        if (!value.IsScalar) Walk.Reject(VerifierRules.ReturnValue, $"the program returns {Describe.Value(value)}, and must return {range.Meaning}", value);
        Walk.NeedExactly(value);
        bool isWithin = range.IsLowHalf
            ? value.Range.SignedLeast32 >= range.Least && value.Range.SignedGreatest32 <= range.Greatest
            : value.Range.SignedLeast >= range.Least && value.Range.SignedGreatest <= range.Greatest;
        if (isWithin) return;
        Walk.Reject(VerifierRules.ReturnValue, $"the program may return {Describe.Range(value.Range)}, and {range.Least}..{range.Greatest} is allowed: {range.Meaning}", value);
    }
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Hands what a program learns from outside to a function of the module, <see cref="Module.AnswerSink"/>: each word of the context, and each answer
/// of a helper that looks beyond the program's own memory. Run again with the same answers, the program does the same.
/// </summary>
internal static class AnswerReporting
{
    public static void Run(Module module, Function function)
    {
        if (module.AnswerSink is not { } sink || function.IsObserver || function.Name == sink) return;
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                var operation = block.Operations[i];
                List<Operation> report = operation switch
                {
                    HelperCall call => Report(call, sink),
                    Load { Address.Type: IrType.Pointer { Space: AddressSpace.Context } } load => Report(load, sink),
                    _ => [],
                };
                foreach (var step in report) step.Source = operation.Source;
                block.Operations.InsertRange(i + 1, report);
                i += report.Count;
            }
        }
    }

    private static List<Operation> Report(Load load, string sink)
    {
        List<Operation> steps = [];
        Value value = load;
        if (load.Type is not IrType.Int) value = Reinterpret(steps, value);
        else if (load.Type.Bits < 64) steps.Add((Operation)(value = new Convert(Conversion.ZeroExtend, IrType.I64, load)));
        return Finish(steps, sink, Number(AnswerWord.Context), Number(load.Offset), value, Number(0), Number(load.Type.Bytes));
    }

    private static List<Operation> Report(HelperCall call, string sink)
    {
        List<Operation> steps = [];
        var helper = Number((long)call.Helper);
        switch (call.Helper)
        {
            case HelperId.ProbeRead or HelperId.ProbeReadKernel or HelperId.ProbeReadUser or HelperId.ProbeReadStr or HelperId.ProbeReadKernelStr or HelperId.ProbeReadUserStr:
                var source = call.Operands[2];
                // The program's own memory is what it was, and nowhere is nothing.
                if (source is Constant || source.Type is IrType.Pointer { Space: AddressSpace.Stack or AddressSpace.Value }) return [];
                return Finish(steps, sink, helper, AsNumber(steps, source), AsNumber(steps, call), AsNumber(steps, call.Operands[0]), AsNumber(steps, call.Operands[1]));
            case HelperId.GetCurrentComm:
                return Finish(steps, sink, helper, Number(0), AsNumber(steps, call), AsNumber(steps, call.Operands[0]), AsNumber(steps, call.Operands[1]));
            case HelperId.GetStack or HelperId.DPath:
                return Finish(steps, sink, helper, Number(0), AsNumber(steps, call), AsNumber(steps, call.Operands[1]), AsNumber(steps, call.Operands[2]));
            case HelperId.GetNsCurrentPidTgid:
                return Finish(steps, sink, helper, Number(0), AsNumber(steps, call), AsNumber(steps, call.Operands[2]), AsNumber(steps, call.Operands[3]));
            case HelperId.GetFuncRet:
                return Finish(steps, sink, helper, Number(0), AsNumber(steps, call), AsNumber(steps, call.Operands[1]), Number(sizeof(ulong)));
            default:
                return IsAnsweredOutside(call.Helper) ? Finish(steps, sink, helper, Number(0), AsNumber(steps, call), Number(0), Number(0)) : [];
        }
    }

    private static bool IsAnsweredOutside(HelperId helper) => helper is
        HelperId.KtimeGetNs or HelperId.KtimeGetBootNs or HelperId.KtimeGetCoarseNs or HelperId.KtimeGetTaiNs or HelperId.Jiffies64 or HelperId.GetPrandomU32
        or HelperId.GetCurrentPidTgid or HelperId.GetCurrentUidGid or HelperId.GetCurrentTask or HelperId.GetCurrentCgroupId or HelperId.GetSmpProcessorId
        or HelperId.GetNumaNodeId or HelperId.GetFuncIp or HelperId.GetAttachCookie or HelperId.GetStackid or HelperId.GetSocketCookie
        or HelperId.SendSignal or HelperId.SendSignalThread or HelperId.OverrideReturn or HelperId.ProbeWriteUser or HelperId.SkbOutput;

    private static List<Operation> Finish(List<Operation> steps, string sink, params Value[] words)
    {
        steps.Add(new LocalCall(sink, IrType.I64, words));
        return steps;
    }

    private static Value AsNumber(List<Operation> steps, Value value)
    {
        if (value.Type == IrType.I64) return value;
        if (value.Type is not IrType.Int) return Reinterpret(steps, value);
        if (value is Constant known) return Number(known.Signed);
        Convert wide = new(Conversion.ZeroExtend, IrType.I64, value);
        steps.Add(wide);
        return wide;
    }

    private static Convert Reinterpret(List<Operation> steps, Value value)
    {
        Convert number = new(Conversion.Reinterpret, IrType.I64, value);
        steps.Add(number);
        return number;
    }

    private static Constant Number(long value) => new(IrType.I64, value);
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;
using static Ruche.Bpf.Verifier.Values.ValueFlags;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Tracing: memory, stacks, functions, events, and objects of the kernel.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Tracing() =>
    [
        Of(HelperId.ProbeRead, 4, 1).Takes(Out, SizeOrZero, Any).GplOnly(),
        Of(HelperId.ProbeReadStr, 4, 11).Takes(Out, SizeOrZero, Any).GplOnly(),
        Of(HelperId.ProbeReadUser, 5, 5).Takes(Out, SizeOrZero, Any).GplOnly(),
        Of(HelperId.ProbeReadKernel, 5, 5).Takes(Out, SizeOrZero, Any).GplOnly(),
        Of(HelperId.ProbeReadUserStr, 5, 5).Takes(Out, SizeOrZero, Any).GplOnly(),
        Of(HelperId.ProbeReadKernelStr, 5, 5).Takes(Out, SizeOrZero, Any).GplOnly(),
        Of(HelperId.ProbeWriteUser, 4, 8).Takes(Any, In, Size).GplOnly(),
        Of(HelperId.CopyFromUser, 5, 10).Takes(Out, SizeOrZero, Any).Sleeps(),
        Of(HelperId.CopyFromUserTask, 5, 18).Takes(Out, SizeOrZero, Any, ObjectOf("task_struct"), Any).GplOnly().Sleeps(),
        Of(HelperId.PerfEventRead, 4, 3).Takes(Map, Any).GplOnly(),
        Of(HelperId.PerfEventOutput, 4, 4).Takes(Context, Map, Any, In, SizeOrZero).GplOnly(),
        Of(HelperId.PerfEventReadValue, 4, 15).Takes(Map, Any, Out, Size).GplOnly(),
        Of(HelperId.PerfProgReadValue, 4, 15).Takes(Context, Out, Size).GplOnly(),
        Of(HelperId.GetStackid, 4, 6).Takes(Context, Map, Any).GplOnly(),
        Of(HelperId.GetStack, 4, 18).Takes(Context, Out, SizeOrZero, Any).GplOnly(),
        Of(HelperId.GetTaskStack, 5, 9).Takes(ObjectOf("task_struct"), Out, SizeOrZero, Any),
        Of(HelperId.GetCurrentTask, 4, 8).GplOnly(),
        Of(HelperId.GetCurrentTaskBtf, 5, 11).Returns(ResultKind.Btf, Trusted, "task_struct").GplOnly(),
        Of(HelperId.OverrideReturn, 4, 16).Takes(Context, Any).GplOnly(),
        Of(HelperId.SendSignal, 5, 3).Takes(Any),
        Of(HelperId.SendSignalThread, 5, 6).Takes(Any),
        Of(HelperId.SkbOutput, 5, 5).Takes(ObjectOf("sk_buff"), Map, Any, In, SizeOrZero).GplOnly(),
        Of(HelperId.XdpOutput, 5, 7).Takes(ObjectOf("xdp_buff"), Map, Any, In, SizeOrZero).GplOnly(),
        Of(HelperId.ReadBranchRecords, 5, 7).Takes(Context, InOutOrNull, SizeOrZero, Any).GplOnly(),
        Of(HelperId.GetBranchSnapshot, 5, 16).Takes(Out, SizeOrZero).GplOnly(),
        Of(HelperId.DPath, 5, 10).Takes(ObjectOf("path"), InOut, SizeOrZero),
        Of(HelperId.SeqPrintf, 5, 8).Takes(ObjectOf("seq_file"), In, Size, InOrNull, SizeOrZero).GplOnly(),
        Of(HelperId.SeqWrite, 5, 8).Takes(ObjectOf("seq_file"), In, SizeOrZero).GplOnly(),
        Of(HelperId.SeqPrintfBtf, 5, 10).Takes(ObjectOf("seq_file"), In, SizeOrZero, Any).GplOnly(),
        Of(HelperId.SnprintfBtf, 5, 10).Takes(InOut, Size, In, Size, Any),
        Of(HelperId.PerCpuPtr, 5, 10).Takes(PerCpuVariable, Any).Returns(ResultKind.MemoryOrBtf, MayBeNull | ReadOnly),
        Of(HelperId.ThisCpuPtr, 5, 10).Takes(PerCpuVariable).Returns(ResultKind.MemoryOrBtf, ReadOnly),
        Of(HelperId.BprmOptsSet, 5, 11).Takes(ObjectOf("linux_binprm"), Any),
        Of(HelperId.ImaInodeHash, 5, 11).Takes(ObjectOf("inode"), Out, Size).Sleeps(),
        Of(HelperId.ImaFileHash, 5, 18).Takes(ObjectOf("file"), Out, Size).Sleeps(),
        Of(HelperId.GetFuncIp, 5, 15).Takes(Context).GplOnly(),
        Of(HelperId.GetFuncArg, 5, 17).Takes(Context, Any, NumberOut(8)),
        Of(HelperId.GetFuncRet, 5, 17).Takes(Context, NumberOut(8)),
        Of(HelperId.GetFuncArgCnt, 5, 17).Takes(Context),
        Of(HelperId.GetAttachCookie, 5, 15).Takes(Context),
        Of(HelperId.TaskPtRegs, 5, 15).Takes(ObjectOf("task_struct")).Returns(ResultKind.Btf, None, "pt_regs").GplOnly(),
        Of(HelperId.FindVma, 5, 17).Takes(ObjectOf("task_struct"), Any, Callback, CallbackContext, Any),
    ];
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>What helpers do with the memory that they are given.</summary>
internal static class HelperMemory
{
    /// <summary>How many bytes a helper reads or writes where an operand leads; null when that is not known.</summary>
    public static int? BytesOf(Module module, HelperCall call, int operand) => (call.Helper, operand) switch
    {
        (HelperId.MapLookupElem or HelperId.MapUpdateElem or HelperId.MapDeleteElem or HelperId.MapLookupPercpuElem, 1) => MapOf(module, call)?.KeySize,
        (HelperId.MapUpdateElem, 2) => MapOf(module, call)?.ValueSize,
        (HelperId.MapPushElem or HelperId.MapPopElem or HelperId.MapPeekElem, 1) => MapOf(module, call)?.ValueSize,
        (HelperId.RingbufOutput, 1) => Number(call.Operands[2]),
        (HelperId.PerfEventOutput, 3) => Number(call.Operands[4]),
        (HelperId.SkbLoadBytes or HelperId.SkbStoreBytes, 2) => Number(call.Operands[3]),
        (HelperId.ProbeReadKernel or HelperId.ProbeReadUser or HelperId.GetCurrentComm or HelperId.ProbeReadKernelStr or HelperId.ProbeReadUserStr, 0) => Number(call.Operands[1]),
        _ => null,
    };

    /// <summary>Whether a helper only reads those bytes.</summary>
    public static bool IsRead(HelperCall call, int operand) => (call.Helper, operand) switch
    {
        (HelperId.MapLookupElem or HelperId.MapUpdateElem or HelperId.MapDeleteElem or HelperId.MapLookupPercpuElem or HelperId.MapPushElem or HelperId.RingbufOutput, 1) => true,
        (HelperId.MapUpdateElem or HelperId.SkbStoreBytes, 2) => true,
        (HelperId.PerfEventOutput, 3) => true,
        _ => false,
    };

    /// <summary>
    /// Whether a helper writes each of those bytes, whatever comes of it, and reads none: where it fails, it clears them. What it does behind the end of a
    /// text depends on the kernel.
    /// </summary>
    public static bool IsFilled(HelperCall call, int operand, TargetProfile target) => (call.Helper, operand) switch
    {
        (HelperId.ProbeReadKernel or HelperId.ProbeReadUser, 0) => true,
        (HelperId.SkbLoadBytes, 2) => true,
        (HelperId.GetCurrentComm, 0) => target.PadsNames,
        _ => false,
    };

    private static MapSpec? MapOf(Module module, HelperCall call) => call.Operands[0] is MapReference map ? module.Maps.Find(m => m.Name == map.Map) : null;

    private static int? Number(Value value) => value is Constant { Number: > 0 and <= 512 } constant ? (int)constant.Number : null;
}

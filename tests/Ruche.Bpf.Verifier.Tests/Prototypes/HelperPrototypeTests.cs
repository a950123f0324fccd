// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Prototypes;

public sealed class HelperPrototypeTests
{
    private static IEnumerable<HelperId> Ids => Enum.GetValues<HelperId>().Where(h => h != HelperId.Unspec);

    private static IEnumerable<HelperPrototype> All =>
        Ids.SelectMany(h => Enum.GetValues<ProgramType>().Select(t => HelperPrototypes.For(t, h)).Append(HelperPrototypes.Find(h))).OfType<HelperPrototype>();

    [Fact]
    public void EveryHelperHasAPrototype()
    {
        Assert.All(Ids, h => Assert.Equal(h, HelperPrototypes.Find(h)?.Id));
        Assert.Null(HelperPrototypes.Find(HelperId.Unspec));
        Assert.Null(HelperPrototypes.For(ProgramType.Xdp, (HelperId)212));
    }

    [Fact]
    public void HelpersAreNumberedInTheOrderOfTheirReleases()
    {
        var ordered = Ids.OrderBy(h => (uint)h).Select(h => HelperPrototypes.Find(h)!);
        Assert.All(ordered.Zip(ordered.Skip(1)), p => Assert.True(p.First.Since <= p.Second.Since, $"{p.First.Id} before {p.Second.Id}"));
    }

    [Fact]
    public void MemoryHasASizeInOneWay() => Assert.All(All, p =>
    {
        for (int i = 0; i < p.Arguments.Length; i++)
        {
            var next = i + 1 < p.Arguments.Length ? p.Arguments[i + 1].Kind : ArgumentKind.None;
            bool sized = next is ArgumentKind.Size or ArgumentKind.SizeOrZero;
            bool isMemory = p.Arguments[i].Kind == ArgumentKind.Memory;
            Assert.True(isMemory ? sized != p.Arguments[i].Size > 0 : !sized, $"argument {i + 1} of {p.Id}");
        }
    });

    [Fact]
    public void MemoryThatMayBeNullMayHaveNoBytes() => Assert.All(All, p => Assert.All(p.Arguments.Zip(p.Arguments.Skip(1)), pair =>
    {
        if (pair.First.Kind == ArgumentKind.Memory && pair.First.Flags.HasFlag(ArgumentFlags.MayBeNull)) Assert.Equal(ArgumentKind.SizeOrZero, pair.Second.Kind);
    }));

    [Fact]
    public void OnlyWrittenMemoryMayBeUninitialized() =>
        Assert.All(All.SelectMany(p => p.Arguments), a => Assert.True(!a.Flags.HasFlag(ArgumentFlags.Uninitialized) || a.Flags.HasFlag(ArgumentFlags.Writes)));

    [Fact]
    public void KeysAndValuesFollowTheirMap() => Assert.All(All, p =>
    {
        int map = p.Arguments.IndexOf(new HelperArgument(ArgumentKind.Map));
        int first = p.Arguments.TakeWhile(a => a.Kind is not (ArgumentKind.MapKey or ArgumentKind.MapValue)).Count();
        Assert.True(first == p.Arguments.Length || (map >= 0 && map < first), p.Id.ToString());
        if (p.Result == ResultKind.MapValue) Assert.True(map >= 0);
    });

    [Fact]
    public void AllocatedMemoryHasASizeArgument() => Assert.All(All, p => Assert.Equal(
        p.Result is ResultKind.Memory or ResultKind.DynamicPointerMemory, p.Arguments.Any(a => a.Kind == ArgumentKind.AllocationSize)));

    [Fact]
    public void AtMostOneReferenceIsReleased() => Assert.All(All, p => Assert.True(p.Arguments.Count(a => a.Flags.HasFlag(ArgumentFlags.Releases)) <= 1));

    [Fact]
    public void WhatCarriesAReferenceMayBeNull() => Assert.All(All, p => Assert.True(!p.Acquires || p.ResultFlags.HasFlag(ValueFlags.MayBeNull)));

    [Theory]
    [InlineData(HelperId.ProbeReadKernel, true)]
    [InlineData(HelperId.TracePrintk, true)]
    [InlineData(HelperId.PerfEventOutput, true)]
    [InlineData(HelperId.FibLookup, true)]
    [InlineData(HelperId.TimerInit, true)]
    [InlineData(HelperId.KtimeGetNs, false)]
    [InlineData(HelperId.MapLookupElem, false)]
    [InlineData(HelperId.RingbufOutput, false)]
    [InlineData(HelperId.SkStorageGet, false)]
    [InlineData(HelperId.CopyFromUser, false)]
    public void SomeAreForGplProgramsOnly(HelperId helper, bool expected) => Assert.Equal(expected, HelperPrototypes.Find(helper)!.IsGplOnly);

    [Fact]
    public void ReferencesComeFromFiveHelpers() => Assert.Equal(
        [HelperId.SkLookupTcp, HelperId.SkLookupUdp, HelperId.SkcLookupTcp, HelperId.RingbufReserve, HelperId.KptrXchg],
        Ids.Where(h => HelperPrototypes.Find(h)!.Acquires));

    [Fact]
    public void TwentyThreeHelpersMayMoveThePacket()
    {
        var moving = Ids.Where(h => HelperPrototypes.Find(h)!.ChangesPacket).ToList();
        Assert.Equal(23, moving.Count);
        Assert.Contains(HelperId.TailCall, moving);
        Assert.DoesNotContain(HelperId.XdpStoreBytes, moving);
    }

    [Fact]
    public void LookupTakesAMapAndAKeyAndReturnsAValueOrNull()
    {
        var lookup = HelperPrototypes.Find(HelperId.MapLookupElem)!;
        Assert.Equal([ArgumentKind.Map, ArgumentKind.MapKey], lookup.Arguments.Select(a => a.Kind));
        Assert.Equal((ResultKind.MapValue, ValueFlags.MayBeNull), (lookup.Result, lookup.ResultFlags));
        Assert.True(lookup.TakesPacketMemory);
    }

    [Theory]
    [InlineData(ProgramType.Xdp, HelperId.GetSmpProcessorId, ArgumentKind.None)]
    [InlineData(ProgramType.SchedCls, HelperId.GetSocketCookie, ArgumentKind.Context)]
    [InlineData(ProgramType.Tracing, HelperId.GetSocketCookie, ArgumentKind.BtfSocketCommon)]
    [InlineData(ProgramType.SockOps, HelperId.Setsockopt, ArgumentKind.Context)]
    [InlineData(ProgramType.StructOps, HelperId.Setsockopt, ArgumentKind.BtfSocketCommon)]
    [InlineData(ProgramType.SchedCls, HelperId.GetCgroupClassid, ArgumentKind.Context)]
    [InlineData(ProgramType.Kprobe, HelperId.GetCgroupClassid, ArgumentKind.None)]
    [InlineData(ProgramType.Xdp, HelperId.XdpGetBuffLen, ArgumentKind.Context)]
    [InlineData(ProgramType.Tracing, HelperId.XdpGetBuffLen, ArgumentKind.Btf)]
    public void SomeTakeOtherArgumentsInOtherPrograms(ProgramType type, HelperId helper, ArgumentKind first) =>
        Assert.Equal(first, HelperPrototypes.For(type, helper)!.Arguments.Select(a => a.Kind).FirstOrDefault());
}

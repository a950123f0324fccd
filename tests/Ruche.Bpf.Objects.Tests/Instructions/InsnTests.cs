// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Tests.Instructions;

public sealed class InsnTests
{
    [Fact]
    public void Factories_make_what_the_text_says()
    {
        Instruction[] program =
        [
            Insn.Mov64(Register.R1, 5),
            Insn.Mov64(Register.R1, Register.R2),
            Insn.Mov32(Register.R1, -1),
            Insn.Mov32(Register.R1, Register.R2),
            Insn.MovSx64(Register.R1, Register.R2, 32),
            Insn.MovSx32(Register.R1, Register.R2, 8),
            Insn.Alu64(AluOperation.Add, Register.R1, 8),
            Insn.Signed(Insn.Alu32(AluOperation.Mod, Register.R1, Register.R2)),
            Insn.Neg64(Register.R1),
            Insn.Neg32(Register.R1),
            Insn.Endian(EndianOperation.ToBig, Register.R1, 16),
            Insn.AddressSpaceCast(Register.R1, Register.R2, toSpace: 1, fromSpace: 0),
            .. Insn.LoadWide(Register.R1, 0x8000_0000_0000_0001),
            .. Insn.LoadMap(Register.R1, descriptor: 3),
            .. Insn.LoadMapValue(Register.R1, descriptor: 3, offset: 16),
            Insn.Load(MemoryWidth.Half, Register.R1, Register.R2, 4),
            Insn.LoadSigned(MemoryWidth.Byte, Register.R1, Register.R2, -4),
            Insn.Store(MemoryWidth.Double, Register.R10, -8, Register.R1),
            Insn.Store(MemoryWidth.Word, Register.R10, -4, 7),
            Insn.Atomic(AtomicOperation.FetchXor, MemoryWidth.Double, Register.R1, 0, Register.R2),
            Insn.LoadAcquire(MemoryWidth.Double, Register.R1, Register.R2, 8),
            Insn.StoreRelease(MemoryWidth.Double, Register.R1, 8, Register.R2),
            Insn.LoadPacket(MemoryWidth.Half, 12),
            Insn.LoadPacket(MemoryWidth.Byte, Register.R7, 14),
            Insn.Goto(1),
            Insn.GotoLong(-1),
            Insn.GotoRegister(Register.R1),
            Insn.MayGoto(2),
            Insn.Jump(JumpOperation.SignedLess, Register.R1, 3, 4),
            Insn.Jump32(JumpOperation.Set, Register.R1, Register.R2, -4),
            Insn.Call(HelperId.MapLookupElem),
            Insn.CallFunction(9),
            Insn.CallKernel(77, module: 1),
            Insn.CallRegister(Register.R3),
            Insn.Exit(),
        ];

        string text = Disassembler.Format(program, new() { HelperNames = true });

        Assert.Equal(
            """
            r1 = 5
            r1 = r2
            w1 = -1
            w1 = w2
            r1 = (s32)w2
            w1 = (s8)w2
            r1 += 8
            w1 s%= w2
            r1 = -r1
            w1 = -w1
            r1 = be16 r1
            r1 = addr_space_cast(r2, 1, 0)
            r1 = 0x8000000000000001 ll
            r1 = map[fd:3] ll
            r1 = map[fd:3][0]+16 ll
            r1 = *(u16 *)(r2 + 4)
            r1 = *(s8 *)(r2 - 4)
            *(u64 *)(r10 - 8) = r1
            *(u32 *)(r10 - 4) = 7
            r2 = atomic_fetch_xor((u64 *)(r1 + 0), r2)
            r1 = load_acquire((u64 *)(r2 + 8))
            store_release((u64 *)(r1 + 8), r2)
            r0 = *(u16 *)skb[12]
            r0 = *(u8 *)skb[r7 + 14]
            goto +1
            gotol -1
            gotox r1
            may_goto +2
            if r1 s< 3 goto +4
            if w1 & w2 goto -4
            call bpf_map_lookup_elem
            call pc+9
            call kernel-function#77@1
            callx r3
            exit

            """,
            text);
    }

    [Fact]
    public void Meaning_follows_from_the_fields()
    {
        var wide = Insn.LoadWide(Register.R1, 0x1122_3344_5566_7788);

        Assert.Equal(0x1122_3344_5566_7788ul, wide[0].WideValue(wide[1]));
        Assert.Equal(-3, Insn.GotoLong(-3).JumpDistance);
        Assert.Equal(7, Insn.MayGoto(7).JumpDistance);
        Assert.Null(Insn.CallFunction(3).JumpDistance);
        Assert.Null(Insn.Exit().JumpDistance);
        Assert.True(Insn.CallFunction(3).IsLocalCall);
        Assert.True(Insn.CallKernel(3).IsKernelCall);
        Assert.True(Insn.Call(3).IsHelperCall);
        Assert.True(Insn.LoadWide(Register.R1, WideSource.Function, 1)[0].IsFunctionAddress);
        Assert.True(Insn.Goto(0).EndsFlow);
        Assert.False(Insn.MayGoto(0).EndsFlow);
    }

    [Fact]
    public void Every_helper_has_the_name_the_kernel_header_gives_it()
    {
        const string Header = "/usr/include/linux/bpf.h";
        Assert.SkipUnless(File.Exists(Header), $"{Header} is not installed: apt-get install linux-libc-dev");
        string text = File.ReadAllText(Header);
        string mapper = text[text.IndexOf("__BPF_FUNC_MAPPER(FN)", StringComparison.Ordinal)..];

        // The list starts with 'unspec', number 0, and ends where the macro is used with its parameter x.
        string[] names = [.. mapper.Split("FN(").Skip(1).Select(part => part[..part.IndexOfAny([')', ','])]).TakeWhile(name => name != "x")];
        int known = Math.Min(names.Length, HelperNames.All.Count + 1);

        var ours = Enumerable.Range(1, known - 1).Select(id => HelperNames.NameOf((HelperId)id));

        Assert.InRange(known, 200, 212);
        Assert.Equal(names[1..known].Select(name => $"bpf_{name}"), ours);
        Assert.All(HelperNames.All, name => Assert.True(HelperNames.TryFind(name, out var helper) && HelperNames.NameOf(helper) == name));
    }
}

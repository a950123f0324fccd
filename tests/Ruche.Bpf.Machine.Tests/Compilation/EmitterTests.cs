// SPDX-License-Identifier: MIT
using Iced.Intel;
using Ruche.Bpf.Machine.Compilation;
using static Ruche.Bpf.Machine.Compilation.X64Register;

namespace Ruche.Bpf.Machine.Tests.Compilation;

/// <summary>What the emitter writes, read by a disassembler that has nothing to do with it. Each form with low and high registers.</summary>
public sealed class EmitterTests
{
    private static readonly X64Register[] All = [Rax, Rcx, Rdx, Rbx, Rbp, Rsi, Rdi, R8, R9, R10, R11, R12, R13, R14, R15];

    private static readonly string[] Wide = ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"];

    private static readonly string[] Narrow =
        ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "r8d", "r9d", "r10d", "r11d", "r12d", "r13d", "r14d", "r15d"];

    private static readonly string[] Short = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "r8w", "r9w", "r10w", "r11w", "r12w", "r13w", "r14w", "r15w"];

    private static readonly string[] Low = ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil", "r8b", "r9b", "r10b", "r11b", "r12b", "r13b", "r14b", "r15b"];

    [Fact]
    public void Two_registers_in_every_combination()
    {
        foreach (var a in All)
        {
            foreach (var b in All)
            {
                Is($"mov {Wide[(int)a]},{Wide[(int)b]}", x => x.Move(true, a, b));
                Is($"mov {Narrow[(int)a]},{Narrow[(int)b]}", x => x.Move(false, a, b));
                Is($"xor {Narrow[(int)a]},{Narrow[(int)b]}", x => x.Alu(X64Alu.Xor, false, a, b));
                Is($"cmp {Wide[(int)a]},{Wide[(int)b]}", x => x.Alu(X64Alu.Compare, true, a, b));
                Is($"test {Wide[(int)a]},{Wide[(int)b]}", x => x.Test(true, a, b));
                Is($"imul {Wide[(int)a]},{Wide[(int)b]}", x => x.Multiply(true, a, b));
                Is($"movzx {Narrow[(int)a]},{Low[(int)b]}", x => x.Extend(a, b, 1, signed: false, wide: false));
                Is($"movzx {Narrow[(int)a]},{Short[(int)b]}", x => x.Extend(a, b, 2, signed: false, wide: false));
                Is($"movsx {Wide[(int)a]},{Low[(int)b]}", x => x.Extend(a, b, 1, signed: true, wide: true));
                Is($"movsx {Narrow[(int)a]},{Short[(int)b]}", x => x.Extend(a, b, 2, signed: true, wide: false));
                Is($"movsxd {Wide[(int)a]},{Narrow[(int)b]}", x => x.Extend(a, b, 4, signed: true, wide: true));
                // A register by itself is written once.
                Is(a == b ? $"imul {Narrow[(int)a]},64h" : $"imul {Narrow[(int)a]},{Narrow[(int)b]},64h", x => x.Multiply(false, a, b, 100));
                Is(a == b ? $"imul {Wide[(int)a]},186A0h" : $"imul {Wide[(int)a]},{Wide[(int)b]},186A0h", x => x.Multiply(true, a, b, 100_000));
                Is($"mulx {Wide[(int)a]},{Wide[(int)a]},{Wide[(int)b]}", x => x.MultiplyHigh(a, b));
            }
        }
    }

    [Fact]
    public void Shifts_by_a_register()
    {
        foreach (var a in All)
        {
            foreach (var b in All)
            {
                Is($"shlx {Wide[(int)a]},{Wide[(int)b]},{Wide[(int)a]}", x => x.Shift(X64Shift.Left, true, a, b, a));
                Is($"shrx {Narrow[(int)a]},{Narrow[(int)b]},{Narrow[(int)b]}", x => x.Shift(X64Shift.Right, false, a, b, b));
                Is($"sarx {Wide[(int)a]},{Wide[(int)a]},{Wide[(int)b]}", x => x.Shift(X64Shift.ArithmeticRight, true, a, a, b));
            }
        }
    }

    [Fact]
    public void One_register()
    {
        foreach (var r in All)
        {
            Is($"neg {Wide[(int)r]}", x => x.Negate(true, r));
            Is($"bswap {Wide[(int)r]}", x => x.SwapBytes(true, r));
            Is($"bswap {Narrow[(int)r]}", x => x.SwapBytes(false, r));
            Is($"rol {Short[(int)r]},8", x => x.SwapLowBytes(r));
            Is($"shl {Wide[(int)r]},0Ch", x => x.Shift(X64Shift.Left, true, r, 12));
            Is($"sar {Narrow[(int)r]},3", x => x.Shift(X64Shift.ArithmeticRight, false, r, 3));
            Is($"rol {Narrow[(int)r]},0Fh", x => x.Shift(X64Shift.RotateLeft, false, r, 15));
            Is($"add {Wide[(int)r]},7Fh", x => x.Alu(X64Alu.Add, true, r, 127));
            Is($"and {Narrow[(int)r]},0FFFFFF80h", x => x.Alu(X64Alu.And, false, r, -128));
            Is($"sub {Wide[(int)r]},80h", x => x.Alu(X64Alu.Sub, true, r, 128));
            Is($"test {Narrow[(int)r]},10000h", x => x.Test(false, r, 0x10000));
            Is($"div {Wide[(int)r]}", x => x.Divide(true, signed: false, r));
            Is($"idiv {Narrow[(int)r]}", x => x.Divide(false, signed: true, r));
            Is($"push {Wide[(int)r]}", x => x.Push(r));
            Is($"pop {Wide[(int)r]}", x => x.Pop(r));
            Is($"call {Wide[(int)r]}", x => x.Call(r));
            Is($"vmovq xmm0,{Wide[(int)r]}", x => x.Keep(r));
            Is($"vmovq {Wide[(int)r]},xmm0", x => x.Restore(r));
            Is($"xor {Narrow[(int)r]},{Narrow[(int)r]}", x => x.Move(r, 0));
            Is($"mov {Narrow[(int)r]},0FFFFFFFFh", x => x.Move(r, uint.MaxValue));
            Is($"mov {Wide[(int)r]},0FFFFFFFFFFFFFFFFh", x => x.Move(r, ulong.MaxValue));
            Is($"mov {Wide[(int)r]},123456789ABCDEF0h", x => x.Move(r, 0x1234_5678_9abc_def0));
        }
    }

    [Fact]
    public void Memory_in_every_form()
    {
        foreach (var b in All)
        {
            string register = Wide[(int)b];
            foreach (var (displacement, text) in new[] { (0, ""), (8, "+8"), (-8, "-8"), (1000, "+3E8h"), (-1000, "-3E8h") })
            {
                Is($"mov rax,[{register}{text}]", x => x.Load(Rax, X64Operand.At(b, displacement), 8));
                foreach (var i in All)
                {
                    X64Operand place = new(b, i, 2, displacement);
                    Is($"movzx ecx,byte ptr [{register}+{Wide[(int)i]}*4{text}]", x => x.Load(Rcx, place, 1));
                    Is($"lea r9,[{register}+{Wide[(int)i]}*4{text}]", x => x.LoadAddress(true, R9, place));
                }
            }

            Is($"lea rdx,[{register}*8+10h]", x => x.LoadAddress(true, Rdx, new(null, b, 3, 16)));
            Is($"mov [{register}],sil", x => x.Store(X64Operand.At(b), Rsi, 1));
            Is($"mov [{register}],r9w", x => x.Store(X64Operand.At(b), R9, 2));
            Is($"mov [{register}],edi", x => x.Store(X64Operand.At(b), Rdi, 4));
            Is($"mov [{register}],r13", x => x.Store(X64Operand.At(b), R13, 8));
            Is($"mov byte ptr [{register}],7", x => x.Store(X64Operand.At(b), 7, 1));
            Is($"mov word ptr [{register}],0FFFFh", x => x.Store(X64Operand.At(b), -1, 2));
            Is($"mov dword ptr [{register}],12345678h", x => x.Store(X64Operand.At(b), 0x12345678, 4));
            Is($"mov qword ptr [{register}],0FFFFFFFFFFFFFFFEh", x => x.Store(X64Operand.At(b), -2, 8));
            Is($"movsx rdi,byte ptr [{register}]", x => x.Load(Rdi, X64Operand.At(b), 1, signed: true));
            Is($"movsx r8,word ptr [{register}]", x => x.Load(R8, X64Operand.At(b), 2, signed: true));
            Is($"movsxd rax,[{register}]", x => x.Load(Rax, X64Operand.At(b), 4, signed: true));
            Is($"movzx r14d,word ptr [{register}]", x => x.Load(R14, X64Operand.At(b), 2));
            Is($"mov r15d,[{register}]", x => x.Load(R15, X64Operand.At(b), 4));
            Is($"sub r10,[{register}+28h]", x => x.Alu(X64Alu.Sub, true, R10, X64Operand.At(b, 0x28)));
            Is($"cmp dword ptr [{register}+64h],7", x => x.Alu(X64Alu.Compare, false, X64Operand.At(b, 0x64), 7));
            Is($"inc dword ptr [{register}]", x => x.Increment(X64Operand.At(b)));
            Is($"dec dword ptr [{register}]", x => x.Decrement(X64Operand.At(b)));
            Is($"lock add [{register}],rsi", x => x.LockedAlu(X64Alu.Add, true, X64Operand.At(b), Rsi));
            Is($"lock xor [{register}],r8d", x => x.LockedAlu(X64Alu.Xor, false, X64Operand.At(b), R8));
            Is($"lock xadd [{register}],rbx", x => x.LockedExchangeAdd(true, X64Operand.At(b), Rbx));
            Is($"lock cmpxchg [{register}],r10d", x => x.LockedCompareExchange(false, X64Operand.At(b), R10));
            Is($"xchg [{register}],rdx", x => x.Exchange(true, X64Operand.At(b), Rdx));
        }
    }

    [Fact]
    public void What_has_no_operands_or_its_own()
    {
        Is("cqo", x => x.ExtendIntoRdx(true));
        Is("cdq", x => x.ExtendIntoRdx(false));
        Is("ret", x => x.Return());
        Is("vpxor xmm0,xmm0,xmm0", x => x.ClearVector());
        Is("vmovdqu [rbp-200h],ymm0", x => x.StoreVectorBelowFrame(-512));
        Is("vzeroupper", x => x.EndVectors());
    }

    [Fact]
    public void Jumps_go_to_their_labels_near_and_far_back_and_forth()
    {
        X64Emitter x = new();
        int back = x.NewLabel(), forth = x.NewLabel();
        x.Bind(back);
        x.Return();
        x.Jump(back);
        x.Jump(X64Condition.Below, back);
        x.Jump(X64Condition.Equal, forth);
        for (int i = 0; i < 50; i++) x.Move(Rax, ulong.MaxValue / 3);
        x.Jump(X64Condition.Greater, back);
        x.Call(back);
        x.Bind(forth);
        x.Return();
        int length = x.Length - 1;

        string[] text = [.. Disassemble(x.Finish()).Where(line => !line.StartsWith("mov", StringComparison.Ordinal))];

        Assert.Equal(["ret", "jmp 0", "jb 0", $"je {length:X}h", "jg 0", "call 0", "ret"], text.Select(Shorten));

        static string Shorten(string line) => line.Replace("short ", "", StringComparison.Ordinal).Replace("near ptr ", "", StringComparison.Ordinal)
            .Replace("0000000000000000h", "0", StringComparison.Ordinal) is var plain && plain.Contains(" 00000", StringComparison.Ordinal)
            ? plain.Split(' ')[0] + " " + plain.Split(' ')[1].TrimStart('0') : plain;
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(31)]
    public void Filling_up_does_nothing(int before)
    {
        X64Emitter x = new();
        for (int i = 0; i < before; i++) x.Return();
        x.Align(32);

        Assert.Equal(32, x.Length);
        Assert.All(Disassemble(x.Finish()).Skip(before), line => Assert.Matches("^(xchg ax,ax|nop)", line));
    }

    private static void Is(string expected, Action<X64Emitter> emit)
    {
        X64Emitter x = new();
        emit(x);
        Assert.Equal([expected], Disassemble(x.Finish()));
    }

    private static List<string> Disassemble(ReadOnlySpan<byte> code)
    {
        var decoder = Decoder.Create(64, code.ToArray());
        IntelFormatter formatter = new();
        formatter.Options.SpaceAfterOperandSeparator = false;
        List<string> lines = [];
        while (decoder.IP < (ulong)code.Length)
        {
            StringOutput output = new();
            formatter.Format(decoder.Decode(), output);
            lines.Add(output.ToStringAndReset());
        }

        return lines;
    }
}

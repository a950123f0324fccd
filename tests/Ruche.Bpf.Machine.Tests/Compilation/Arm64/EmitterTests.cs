// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Machine.Compilation.Arm64;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>What the emitter writes, read by a disassembler that has nothing to do with it.</summary>
public sealed class EmitterTests
{
    private static readonly Arm64Register[] All = [.. Enumerable.Range(0, 31).Select(r => (Arm64Register)r)];

    // What needs all the bits of a register's number, and none.
    private static readonly Arm64Register[] Some = [X0, X7, X9, X12, X22, X25, Link];

    private static readonly int[] ElementSizes = [2, 4, 8, 16, 32, 64];

    [Fact]
    public void Three_registers()
    {
        ExpectedInstructions expected = new();
        foreach (var (a, b, c) in Triples())
        {
            foreach (bool wide in (bool[])[true, false])
            {
                string registers = $"{Name(a, wide)}, {Name(b, wide)}, {Name(c, wide)}";
                expected.Add($"add {registers}", x => x.Alu(Arm64Alu.Add, wide, a, b, c));
                expected.Add($"subs {registers}", x => x.Alu(Arm64Alu.SubFlags, wide, a, b, c));
                expected.Add($"orr {registers}", x => x.Logic(Arm64Logic.Or, wide, a, b, c));
                expected.Add($"ands {registers}", x => x.Logic(Arm64Logic.AndFlags, wide, a, b, c));
                expected.Add($"mul {registers}", x => x.Multiply(wide, a, b, c));
                expected.Add($"msub {Name(a, wide)}, {Name(b, wide)}, {Name(c, wide)}, {Name(X10, wide)}", x => x.SubtractProduct(wide, a, X10, b, c));
                expected.Add($"udiv {registers}", x => x.Divide(wide, signed: false, a, b, c));
                expected.Add($"sdiv {registers}", x => x.Divide(wide, signed: true, a, b, c));
                expected.Add($"lsl {registers}", x => x.Shift(Arm64Shift.Left, wide, a, b, c));
                expected.Add($"lsr {registers}", x => x.Shift(Arm64Shift.Right, wide, a, b, c));
                expected.Add($"asr {registers}", x => x.Shift(Arm64Shift.ArithmeticRight, wide, a, b, c));
            }
        }

        expected.Check();
    }

    [Fact]
    public void Two_registers_in_every_combination()
    {
        ExpectedInstructions expected = new();
        foreach (var a in All)
        {
            foreach (var b in All)
            {
                foreach (bool wide in (bool[])[true, false])
                {
                    string registers = $"{Name(a, wide)}, {Name(b, wide)}";
                    expected.Add($"mov {registers}", x => x.Move(wide, a, b));
                    expected.Add($"mvn {registers}", x => x.Invert(wide, a, b));
                    expected.Add($"neg {registers}", x => x.Alu(Arm64Alu.Sub, wide, a, Zero, b));
                    expected.Add($"cmp {registers}", x => x.Alu(Arm64Alu.SubFlags, wide, Zero, a, b));
                    expected.Add($"tst {registers}", x => x.Logic(Arm64Logic.AndFlags, wide, Zero, a, b));
                    expected.Add($"rev {registers}", x => x.SwapBytes(wide, a, b));
                }

                expected.Add($"rev16 {Name(a, false)}, {Name(b, false)}", x => x.SwapHalfWords(a, b));
                expected.Add($"uxth {Name(a, false)}, {Name(b, false)}", x => x.Extend(a, b, 2, signed: false, wide: false));
                expected.Add($"sxtb {Name(a, false)}, {Name(b, false)}", x => x.Extend(a, b, 1, signed: true, wide: false));
                expected.Add($"sxth {Name(a, false)}, {Name(b, false)}", x => x.Extend(a, b, 2, signed: true, wide: false));
                expected.Add($"sxtb {Name(a, true)}, {Name(b, false)}", x => x.Extend(a, b, 1, signed: true, wide: true));
                expected.Add($"sxth {Name(a, true)}, {Name(b, false)}", x => x.Extend(a, b, 2, signed: true, wide: true));
                expected.Add($"sxtw {Name(a, true)}, {Name(b, false)}", x => x.Extend(a, b, 4, signed: true, wide: true));
            }
        }

        expected.Check();
    }

    [Fact]
    public void Sums_with_a_constant()
    {
        ExpectedInstructions expected = new();
        foreach (var (a, b, _) in Triples())
        {
            expected.Add($"add {Name(a, true)}, {Name(b, true)}, #1", x => x.Alu(Arm64Alu.Add, true, a, b, 1));
            expected.Add($"sub {Name(a, false)}, {Name(b, false)}, #4095", x => x.Alu(Arm64Alu.Sub, false, a, b, 4095));
            expected.Add($"subs {Name(a, true)}, {Name(b, true)}, #4095, lsl #12", x => x.Alu(Arm64Alu.SubFlags, true, a, b, 4095 << 12));
            expected.Add($"adds {Name(a, false)}, {Name(b, false)}, #1, lsl #12", x => x.Alu(Arm64Alu.AddFlags, false, a, b, 1 << 12));
            expected.Add($"cmp {Name(a, false)}, #7", x => x.Alu(Arm64Alu.SubFlags, false, Zero, a, 7));
            expected.Add($"cmn {Name(b, true)}, #7", x => x.Alu(Arm64Alu.AddFlags, true, Zero, b, 7));
            expected.Add($"mov {Name(a, true)}, sp", x => x.Alu(Arm64Alu.Add, true, a, Stack, 0));
            expected.Add($"mov sp, {Name(b, true)}", x => x.Alu(Arm64Alu.Add, true, Stack, b, 0));
        }

        expected.Add("sub sp, sp, #1, lsl #12", x => x.Alu(Arm64Alu.Sub, true, Stack, Stack, 4096));
        expected.Check();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4095, true)]
    [InlineData(4096, true)]
    [InlineData(4095 << 12, true)]
    [InlineData(4097, false)]
    [InlineData(1 << 24, false)]
    [InlineData(-1, false)]
    [InlineData(-4096, false)]
    public void Sums_have_room_for_twelve_bits_low_or_high(long constant, bool hasRoom) => Assert.Equal(hasRoom, Arm64Emitter.HasRoomFor(constant));

    [Fact]
    public void Every_constant_that_logical_instructions_have_room_for()
    {
        ExpectedInstructions expected = new();
        int count = 0;
        foreach (ulong value in Rows())
        {
            Assert.True(LogicalImmediate.TryEncode(value, wide: true, out uint fields), $"0x{value:x}");
            expected.Add($"and x3, x4, #0x{value:x}", x => x.Logic(Arm64Logic.And, true, X3, X4, fields));
            count++;
            if (value >> 32 != (uint)value) continue;
            Assert.True(LogicalImmediate.TryEncode((uint)value, wide: false, out uint narrow), $"0x{value:x}");
            expected.Add($"eor w3, w4, #0x{(uint)value:x}", x => x.Logic(Arm64Logic.Xor, false, X3, X4, narrow));
        }

        // Of each element's size, as many rows as places for it.
        Assert.Equal(ElementSizes.Sum(size => size * (size - 1)), count);
        expected.Check();
    }

    [Fact]
    public void No_other_constant_is_thought_to_have_room()
    {
        var known = Rows().ToHashSet();
        Random random = new(1);

        Assert.False(LogicalImmediate.TryEncode(0, wide: true, out _));
        Assert.False(LogicalImmediate.TryEncode(ulong.MaxValue, wide: true, out _));
        Assert.False(LogicalImmediate.TryEncode(uint.MaxValue, wide: false, out _));
        foreach (ulong row in known)
        {
            ulong near = row ^ (1ul << random.Next(64));
            Assert.Equal(known.Contains(near), LogicalImmediate.TryEncode(near, wide: true, out _));
            ulong any = (ulong)random.NextInt64();
            Assert.Equal(known.Contains(any), LogicalImmediate.TryEncode(any, wide: true, out _));
        }
    }

    [Fact]
    public void Shifts_by_every_constant()
    {
        ExpectedInstructions expected = new();
        for (int by = 1; by < 64; by++)
        {
            int constant = by;
            expected.Add($"lsl x1, x25, #{by}", x => x.Shift(Arm64Shift.Left, true, X1, X25, constant));
            expected.Add($"lsr x30, x2, #{by}", x => x.Shift(Arm64Shift.Right, true, Link, X2, constant));
            expected.Add($"asr x7, x9, #{by}", x => x.Shift(Arm64Shift.ArithmeticRight, true, X7, X9, constant));
            if (by > 31) continue;
            expected.Add($"lsl w1, w25, #{by}", x => x.Shift(Arm64Shift.Left, false, X1, X25, constant));
            expected.Add($"lsr w30, w2, #{by}", x => x.Shift(Arm64Shift.Right, false, Link, X2, constant));
            expected.Add($"asr w7, w9, #{by}", x => x.Shift(Arm64Shift.ArithmeticRight, false, X7, X9, constant));
        }

        expected.Check();
    }

    [Fact]
    public void Constants_are_put_together_of_few_instructions()
    {
        Random random = new(2);
        ulong[] values =
        [
            0, 1, 0xffff, 0x1_0000, 0xffff_0000, 0x1234_5678, 0xffff_1234, 0x1234_ffff, uint.MaxValue, 0xffff_fff0, 0xff00_ff00, 0x1_0000_0000,
            0x0bf0_0000_0000_0007, 0x5555_5555_5555_5555, ulong.MaxValue, ulong.MaxValue - 5, 0xffff_ffff_8000_0000, 0xffff_ffff_1234_5678,
            0x1234_0000_0000_0000, 0x1234_ffff_ffff_ffff, 0x1234_5678_9abc_def0, 0x0000_ffff_0000_ffff, 0x1234_5678_ffff_0000, .. Enumerable.Range(0, 500).Select(_ => Parts(random)),
        ];
        Arm64Emitter emitter = new();
        List<int> ends = [];
        foreach (ulong value in values)
        {
            emitter.Move((Arm64Register)(ends.Count % 31), value);
            ends.Add(emitter.Length / Arm64Emitter.InstructionBytes);
        }

        Assert.True(emitter.TryFinish(out var code));
        string[] lines = LlvmMc.Disassemble(code);

        for (int i = 0, start = 0; i < values.Length; start = ends[i++])
        {
            var moves = lines.AsSpan(start..ends[i]);
            Assert.Equal((i % 31, values[i]), Moved(moves));
            Assert.InRange(moves.Length, 1, Math.Max(1, Enumerable.Range(0, 4).Count(part => (ushort)(values[i] >> (part * 16)) != 0)));
        }

        static ulong Parts(Random random) =>
            Enumerable.Range(0, 4).Aggregate(0ul, (value, _) => (value << 16) | random.Next(3) switch { 0 => 0ul, 1 => 0xffff, _ => (ushort)random.Next() });
    }

    [Fact]
    public void Memory_in_every_form()
    {
        ExpectedInstructions expected = new();
        foreach (var (a, b, c) in Triples())
        {
            string at = Name(b, true), index = Name(c, true);
            foreach (var (bytes, letter) in ((int, string)[])[(1, "b"), (2, "h"), (4, ""), (8, "")])
            {
                string value = Name(a, bytes == 8);
                foreach (int displacement in (int[])[0, bytes, 4095 * bytes])
                {
                    string place = displacement == 0 ? $"[{at}]" : $"[{at}, #{displacement}]";
                    expected.Add($"ldr{letter} {value}, {place}", x => x.Load(a, Arm64Operand.At(b, displacement), bytes));
                    expected.Add($"str{letter} {value}, {place}", x => x.Store(Arm64Operand.At(b, displacement), a, bytes));
                }

                foreach (int displacement in (int[])[-1, -256, .. bytes > 1 ? [255, 1] : (int[])[]])
                {
                    string place = $"[{at}, #{displacement}]";
                    expected.Add($"ldur{letter} {value}, {place}", x => x.Load(a, Arm64Operand.At(b, displacement), bytes));
                    expected.Add($"stur{letter} {value}, {place}", x => x.Store(Arm64Operand.At(b, displacement), a, bytes));
                }

                expected.Add($"ldr{letter} {value}, [{at}, {index}]", x => x.Load(a, new(b, 0, c), bytes));
                expected.Add($"str{letter} {value}, [{at}, {index}]", x => x.Store(new(b, 0, c), a, bytes));
                expected.Add($"ldar{letter} {value}, [{at}]", x => x.LoadAcquire(a, b, bytes));
                expected.Add($"stlr{letter} {value}, [{at}]", x => x.StoreRelease(b, a, bytes));
                if (bytes == 8) continue;
                string signed = bytes == 4 ? "w" : letter;
                expected.Add($"ldrs{signed} {Name(a, true)}, [{at}, #{bytes}]", x => x.Load(a, Arm64Operand.At(b, bytes), bytes, signed: true));
                expected.Add($"ldurs{signed} {Name(a, true)}, [{at}, #-3]", x => x.Load(a, Arm64Operand.At(b, -3), bytes, signed: true));
                expected.Add($"ldrs{signed} {Name(a, true)}, [{at}, {index}]", x => x.Load(a, new(b, 0, c), bytes, signed: true));
            }

            expected.Add($"ldr {Name(a, true)}, [{at}, {index}, lsl #3]", x => x.Load(a, new(b, 0, c, IsScaled: true), 8));
            expected.Add($"stp {Name(a, true)}, {index}, [{at}, #-512]", x => x.StorePair(Arm64Operand.At(b, -512), a, c));
            expected.Add($"stp q0, q0, [{at}, #-1024]", x => x.StoreVectors(b, -1024));
            expected.Add($"stp q0, q0, [{at}, #32]", x => x.StoreVectors(b, 32));
            // Two registers that are the same cannot be loaded.
            if (a != c) expected.Add($"ldp {Name(a, true)}, {index}, [{at}, #504]", x => x.LoadPair(Arm64Operand.At(b, 504), a, c));
        }

        expected.Add("movi v0.2d, #0000000000000000", x => x.ClearVector());
        expected.Check();
    }

    [Theory]
    [InlineData(0, 8, true)]
    [InlineData(4095 * 8, 8, true)]
    [InlineData(4096 * 8, 8, false)]
    [InlineData(255, 8, true)]
    [InlineData(257, 8, false)]
    [InlineData(257, 1, true)]
    [InlineData(-256, 4, true)]
    [InlineData(-257, 4, false)]
    public void Displacements_have_room_near_or_in_steps(int displacement, int bytes, bool hasRoom) =>
        Assert.Equal(hasRoom, Arm64Operand.HasRoomFor(displacement, bytes));

    [Fact]
    public void Atomic_operations()
    {
        ExpectedInstructions expected = new();
        foreach (var (a, b, c) in Triples())
        {
            foreach (bool wide in (bool[])[true, false])
            {
                string at = $"[{Name(c, true)}]", one = Name(a, wide), two = Name(b, wide);
                foreach (var (operation, name) in ((Arm64Atomic, string)[])[(Arm64Atomic.Add, "add"), (Arm64Atomic.Clear, "clr"), (Arm64Atomic.Xor, "eor"), (Arm64Atomic.Or, "set")])
                {
                    expected.Add($"ld{name}al {one}, {two}, {at}", x => x.Fetch(operation, wide, b, a, c));
                    expected.Add($"st{name} {one}, {at}", x => x.Change(operation, wide, a, c));
                }

                expected.Add($"swpal {one}, {two}, {at}", x => x.Fetch(Arm64Atomic.Exchange, wide, b, a, c));
                expected.Add($"casal {one}, {two}, {at}", x => x.CompareExchange(wide, a, b, c));
            }
        }

        expected.Check();
    }

    [Fact]
    public void The_stack_is_kept_at_multiples_of_sixteen()
    {
        ExpectedInstructions expected = new();
        expected.Add("str x30, [sp, #-16]!", x => x.Push([Link]));
        expected.Add("ldr x30, [sp], #16", x => x.Pop([Link]));
        expected.Add("stp x30, x19, [sp, #-16]!\nstr x25, [sp, #-16]!", x => x.Push([Link, X19, X25]));
        expected.Add("ldr x25, [sp], #16\nldp x30, x19, [sp], #16", x => x.Pop([Link, X19, X25]));
        expected.Add("stp x0, x1, [sp, #-16]!\nstp x2, x3, [sp, #-16]!", x => x.Push([X0, X1, X2, X3]));
        expected.Add("ldp x2, x3, [sp], #16\nldp x0, x1, [sp], #16", x => x.Pop([X0, X1, X2, X3]));
        expected.Check();
    }

    [Fact]
    public void What_has_one_register_or_none()
    {
        ExpectedInstructions expected = new();
        foreach (var r in All)
        {
            string name = Name(r, true);
            expected.Add($"blr {name}", x => x.Call(r));
            expected.Add($"mrs {name}, CTR_EL0", x => x.ReadCacheType(r));
            expected.Add($"dc cvau, {name}", x => x.CleanData(r));
            expected.Add($"ic ivau, {name}", x => x.InvalidateInstructions(r));
        }

        expected.Add("ret", x => x.Return());
        expected.Add("dsb ish", x => x.WaitForAll());
        expected.Add("isb", x => x.FetchAnew());
        expected.Check();
    }

    [Fact]
    public void Jumps_go_to_their_labels_back_and_forth()
    {
        Arm64Emitter x = new();
        int back = x.NewLabel(), forth = x.NewLabel();
        x.Bind(back);
        x.Return();
        x.Jump(back);
        x.Call(forth);
        foreach (var condition in Enum.GetValues<Arm64Condition>()) x.Jump(condition, forth);
        x.JumpIfZero(true, X7, back);
        x.JumpIfNotZero(false, Link, forth);
        x.Bind(forth);
        x.Return();
        Assert.True(x.TryFinish(out var code));

        Assert.Equal(
            [
                "ret", "b #-4", "bl #52", "b.eq #48", "b.ne #44", "b.hs #40", "b.lo #36", "b.hi #32", "b.ls #28", "b.ge #24", "b.lt #20", "b.gt #16", "b.le #12",
                "cbz x7, #-52", "cbnz w30, #4", "ret",
            ],
            LlvmMc.Disassemble(code));
    }

    [Fact]
    public void A_conditional_jump_that_goes_too_far_is_one_over_a_jump()
    {
        const int Reach = (1 << 20) / Arm64Emitter.InstructionBytes;
        Arm64Emitter near = Far(isFar: false), far = Far(isFar: true);

        Assert.False(near.TryFinish(out _));
        Assert.True(far.TryFinish(out var code));
        int bytes = Arm64Emitter.InstructionBytes, back = code.Length - (2 * bytes);
        Assert.Equal(["b.hs #8", $"b #{back}", "cbnz x1, #8", $"b #{back - (2 * bytes)}"], LlvmMc.Disassemble(code[..(4 * bytes)]));
        Assert.Equal(["b.eq #8", $"b #-{back}", "ret"], LlvmMc.Disassemble(code[^(3 * bytes)..]));

        // The last one goes back, which is known to be too far without being told.
        static Arm64Emitter Far(bool isFar)
        {
            Arm64Emitter x = new(isFar: isFar);
            int start = x.NewLabel(), end = x.NewLabel();
            x.Bind(start);
            x.Jump(Arm64Condition.Below, end);
            x.JumpIfZero(true, X1, end);
            for (int i = 0; i < Reach; i++) x.Return();
            x.Jump(Arm64Condition.NotEqual, start);
            x.Bind(end);
            x.Return();
            return x;
        }
    }

    private static string Name(Arm64Register register, bool wide) => $"{(wide ? 'x' : 'w')}{(int)register}";

    private static IEnumerable<(Arm64Register, Arm64Register, Arm64Register)> Triples() =>
        from a in Some from b in Some from c in Some select (a, b, c);

    // By its definition: a row of ones in an element, rotated, and the element repeated.
    private static IEnumerable<ulong> Rows()
    {
        foreach (int size in ElementSizes)
        {
            for (int ones = 1; ones < size; ones++)
            {
                for (int rotation = 0; rotation < size; rotation++)
                {
                    ulong value = 0;
                    for (int bit = 0; bit < 64; bit++)
                        if ((bit + rotation) % size < ones) value |= 1ul << bit;
                    yield return value;
                }
            }
        }
    }

    // The register that moves as a disassembler writes them fill, and its value.
    private static (int Register, ulong Value) Moved(ReadOnlySpan<string> moves)
    {
        ulong value = 0;
        string register = moves[0].Split(' ', ',')[1];
        foreach (string move in moves)
        {
            string[] words = move.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(register, words[1]);
            long number = words[2] == "wzr" ? 0 : long.Parse(words[2].AsSpan(1), CultureInfo.InvariantCulture);
            if (words[0] == "mov")
            {
                value = register[0] == 'w' ? (uint)number : (ulong)number;
                continue;
            }

            Assert.Equal("movk", words[0]);
            int shift = words.Length > 3 ? int.Parse(words[4].AsSpan(1), CultureInfo.InvariantCulture) : 0;
            value = (value & ~(0xfffful << shift)) | ((ulong)number << shift);
        }

        return (int.Parse(register.AsSpan(1), CultureInfo.InvariantCulture), value);
    }
}

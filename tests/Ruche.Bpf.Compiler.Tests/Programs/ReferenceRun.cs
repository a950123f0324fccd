// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Tests.Programs;

/// <summary>Runs a module as it stands, operation by operation: what a compilation must not change. Addresses are offsets into regions of memory.</summary>
internal sealed class ReferenceRun(Module module, byte[] packet)
{
    private const int ContextRegion = 1;
    private const int PacketRegion = 2;
    private const long Budget = 100_000;

    private readonly List<byte[]> _regions = [[], new byte[16], packet];
    private long _steps;

    /// <summary>The value that the function of a name returns.</summary>
    public long Run(string name, params long[] arguments) => Run(module.Functions.Single(f => f.Name == name), arguments);

    /// <summary>What an XDP program returns.</summary>
    public uint RunXdp(string name) => (uint)Run(name, Address(ContextRegion, 0));

    private static long Address(int region, int offset) => ((long)region << 16) + offset;

    private long Run(Function function, long[] arguments)
    {
        Dictionary<Value, long> values = new(ReferenceEqualityComparer.Instance);
        var block = function.Entry;
        long[] given = arguments;
        while (true)
        {
            for (int i = 0; i < given.Length; i++) values[block.Parameters[i]] = given[i];
            foreach (var operation in block.Body)
            {
                if (++_steps > Budget) throw new InvalidOperationException("the program does not end");
                values[operation] = Truncated(Result(operation, Get), operation.Type.Bits);
            }

            if (block.Terminator is Return end) return Get(end.Value);
            var edge = block.Terminator is Branch branch ? (Get(branch.Condition) != 0 ? branch.Then : branch.Otherwise) : ((Jump)block.Terminator).To;
            given = [.. edge.Arguments.Select(Get)];
            block = edge.Target;
        }

        long Get(Value value) => value is Constant constant ? constant.Number : values[value];
    }

    private long Result(Operation operation, Func<Value, long> get) => operation switch
    {
        Binary x => Compute(x.Operator, get(x.Left), get(x.Right), x.Type.Bits),
        Compare x => Holds(x.Relation, get(x.Left), get(x.Right), x.Left.Type.Bits) ? 1 : 0,
        Convert { Conversion: Conversion.SignExtend } x => Signed(get(x.Operand), x.Operand.Type.Bits),
        Convert x => get(x.Operand),
        SwapBytes x => (long)(BinaryPrimitives.ReverseEndianness((ulong)get(x.Operand)) >> (64 - x.Type.Bits)),
        Select x => get(x.Condition) != 0 ? get(x.Then) : get(x.Otherwise),
        StackSlot x => NewRegion(x.Size),
        Load x => Read(get(x.Address) + x.Offset, x.Type.Bytes),
        Store x => Write(get(x.Address) + x.Offset, get(x.Value), x.Value.Type.Bytes),
        LocalCall x => Run(x.Function, [.. x.Operands.Select(get)]),
        MayContinue => 1,
        _ => throw new NotSupportedException($"no case for {operation.GetType().Name}"),
    };

    private long NewRegion(int size)
    {
        _regions.Add(new byte[size]);
        return Address(_regions.Count - 1, 0);
    }

    // The first words of the context are the packet's bounds, as xdp_md has them.
    private long Read(long address, int bytes)
    {
        var (region, offset) = ((int)(address >> 16), (ushort)address);
        if (region == ContextRegion) return Address(PacketRegion, offset == 0 ? 0 : packet.Length);
        Span<byte> word = stackalloc byte[8];
        _regions[region].AsSpan(offset, bytes).CopyTo(word);
        return BinaryPrimitives.ReadInt64LittleEndian(word);
    }

    private long Write(long address, long value, int bytes)
    {
        Span<byte> word = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(word, value);
        word[..bytes].CopyTo(_regions[(int)(address >> 16)].AsSpan((ushort)address));
        return 0;
    }

    private static long Truncated(long value, int bits) => bits is 0 or 64 ? value : value & ((1L << bits) - 1);

    private static long Signed(long value, int bits) => bits == 64 ? value : value << (64 - bits) >> (64 - bits);

    private static long Compute(BinaryOperator op, long left, long right, int bits)
    {
        ulong a = (ulong)left, b = (ulong)right;
        long x = Signed(left, bits), y = Signed(right, bits);
        int count = (int)(b % (ulong)bits);
        return op switch
        {
            BinaryOperator.Add => left + right,
            BinaryOperator.Sub => left - right,
            BinaryOperator.Mul => left * right,
            BinaryOperator.UDiv => b == 0 ? 0 : (long)(a / b),
            BinaryOperator.URem => b == 0 ? left : (long)(a % b),
            BinaryOperator.SDiv => y == 0 ? 0 : y == -1 ? -x : x / y,
            BinaryOperator.SRem => y == 0 ? x : y == -1 ? 0 : x % y,
            BinaryOperator.And => left & right,
            BinaryOperator.Or => left | right,
            BinaryOperator.Xor => left ^ right,
            BinaryOperator.Shl => (long)(a << count),
            BinaryOperator.LShr => (long)(a >> count),
            BinaryOperator.AShr => x >> count,
            _ => throw new NotSupportedException(op.ToString()),
        };
    }

    private static bool Holds(Comparison relation, long left, long right, int bits)
    {
        ulong a = (ulong)left, b = (ulong)right;
        long x = Signed(left, bits), y = Signed(right, bits);
        return relation switch
        {
            Comparison.Equal => a == b,
            Comparison.NotEqual => a != b,
            Comparison.Below => a < b,
            Comparison.BelowOrEqual => a <= b,
            Comparison.Above => a > b,
            Comparison.AboveOrEqual => a >= b,
            Comparison.Less => x < y,
            Comparison.LessOrEqual => x <= y,
            Comparison.Greater => x > y,
            Comparison.GreaterOrEqual => x >= y,
            Comparison.Intersects => (a & b) != 0,
            _ => throw new NotSupportedException(relation.ToString()),
        };
    }
}

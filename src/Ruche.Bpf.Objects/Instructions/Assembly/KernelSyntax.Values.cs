// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <content>Values that start with a name: byte-order conversions, atomics with a result, casts, and wide loads of addresses.</content>
internal sealed partial class KernelSyntax
{
    private void ParseNamedValue(Register destination, bool isNarrow)
    {
        var name = cursor.Take();
        if (TryEndian(name.Text) is var (operation, bits))
        {
            cursor.ExpectRegister(destination, isNarrow, "the converted register");
            program.Add(Insn.Endian(operation, destination, bits));
        }
        else if (cursor.Peek.IsSymbol("(")) ParseFunction(name, destination, isNarrow);
        else if (name.Text is "map" or "btf" or "subprog" && cursor.Peek.IsSymbol("[")) ParseAddressOf(name.Text, destination);
        else if (cursor.TryWord("ll")) program.AddFunctionAddress(destination, name, cursor.Line);
        else
        {
            throw cursor.Fault(InstructionDiagnostics.Syntax, name, $"{name.Shown} is not a value",
                "the address of a function is written r1 = NAME ll");
        }
    }

    private static (EndianOperation Operation, int Bits)? TryEndian(string word) => word switch
    {
        "be16" => (EndianOperation.ToBig, 16),
        "be32" => (EndianOperation.ToBig, 32),
        "be64" => (EndianOperation.ToBig, 64),
        "le16" => (EndianOperation.ToLittle, 16),
        "le32" => (EndianOperation.ToLittle, 32),
        "le64" => (EndianOperation.ToLittle, 64),
        "bswap16" => (EndianOperation.Swap, 16),
        "bswap32" => (EndianOperation.Swap, 32),
        "bswap64" => (EndianOperation.Swap, 64),
        _ => null,
    };

    private void ParseFunction(AssemblyToken name, Register destination, bool isNarrow)
    {
        cursor.ExpectSymbol("(");
        switch (name.Text)
        {
            case "addr_space_cast":
                ParseCast(destination);
                break;
            case "load_acquire":
                var (width, address, offset) = TakePointer();
                CheckWidth(isNarrow, width, name);
                program.Add(Insn.LoadAcquire(width, destination, address, offset));
                break;
            case "xchg_64" or "xchg32_32":
                ParseExchange(AtomicOperation.Exchange, destination, isNarrow, name);
                break;
            case "cmpxchg_64" or "cmpxchg32_32":
                ParseExchange(AtomicOperation.CompareExchange, destination, isNarrow, name);
                break;
            default:
                ParseFetch(FindFetch(name), destination, isNarrow, name);
                break;
        }

        cursor.ExpectSymbol(")");
    }

    private AtomicOperation FindFetch(AssemblyToken name)
    {
        string word = name.Text.Replace("atomic64_", "atomic_", StringComparison.Ordinal);
        return word switch
        {
            "atomic_fetch_add" => AtomicOperation.FetchAdd,
            "atomic_fetch_or" => AtomicOperation.FetchOr,
            "atomic_fetch_and" => AtomicOperation.FetchAnd,
            "atomic_fetch_xor" => AtomicOperation.FetchXor,
            "atomic_xchg" => AtomicOperation.Exchange,
            "atomic_cmpxchg" => AtomicOperation.CompareExchange,
            _ => throw cursor.Fault(InstructionDiagnostics.UnknownMnemonic, name, $"there is no operation {name.Shown}",
                NearestNames.Notes(word, ["atomic_fetch_add", "atomic_fetch_or", "atomic_fetch_and", "atomic_fetch_xor", "atomic_xchg",
                    "atomic_cmpxchg", "load_acquire", "xchg_64", "xchg32_32", "cmpxchg_64", "cmpxchg32_32", "addr_space_cast"])),
        };
    }

    // atomic_fetch_add((u64 *)(r1 + 0), r2): llvm names w registers for 32 bits, verifier logs always r.
    private void ParseFetch(AtomicOperation operation, Register destination, bool isNarrow, AssemblyToken name)
    {
        var (width, address, offset) = TakePointer();
        CheckWidth(isNarrow, width, name);
        FinishAtomic(operation, width, address, offset, destination);
    }

    private void ParseExchange(AtomicOperation operation, Register destination, bool isNarrow, AssemblyToken name)
    {
        var width = name.Text.EndsWith("_64", StringComparison.Ordinal) ? MemoryWidth.Double : MemoryWidth.Word;
        CheckWidth(isNarrow, width, name);
        var (address, offset) = cursor.TakeAddress();
        FinishAtomic(operation, width, address, offset, destination);
    }

    private void FinishAtomic(AtomicOperation operation, MemoryWidth width, Register address, short offset, Register destination)
    {
        cursor.ExpectSymbol(",");
        if (operation is AtomicOperation.CompareExchange)
        {
            cursor.ExpectRegister(Register.R0, null, "the compared register");
            cursor.ExpectSymbol(",");
            if (destination != Register.R0) throw cursor.Unexpected("the result in r0");
            destination = cursor.TakeAnyRegister().Register;
        }
        else cursor.ExpectRegister(destination, null, "the operand of a fetching atomic");

        program.Add(Insn.Atomic(operation, width, address, offset, destination));
    }

    private void ParseCast(Register destination)
    {
        var source = cursor.TakeRegister();
        cursor.ExpectSymbol(",");
        ushort to = TakeAddressSpace();
        cursor.ExpectSymbol(",");
        program.Add(Insn.AddressSpaceCast(destination, source, to, TakeAddressSpace()));
    }

    private ushort TakeAddressSpace()
    {
        var token = cursor.Peek;
        return cursor.TakeNumber().ToInt32() is >= 0 and <= ushort.MaxValue and var space
            ? (ushort)space
            : throw cursor.Fault(InstructionDiagnostics.NumberRange, token, "an address space is 0 to 65535");
    }

    private void CheckWidth(bool isNarrow, MemoryWidth width, AssemblyToken name)
    {
        if (isNarrow && width is MemoryWidth.Double)
            throw cursor.Fault(InstructionDiagnostics.UnknownRegister, name, "64 bits do not fit a w register");
    }
}

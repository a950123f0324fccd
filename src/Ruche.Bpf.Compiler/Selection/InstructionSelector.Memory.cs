// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    /// <summary>Where an access goes: a register, or a stack slot, and a distance.</summary>
    private readonly record struct Place(int Register, StackSlot? Slot, short Offset, KernelSubject? Question = null);

    private void Select(Load x)
    {
        var place = PlaceOf(x.Address, x.Offset);
        Add(new()
        {
            Code = Insn.Load(WidthOf(x.Type), default, default, place.Offset),
            Destination = RegisterOf(x),
            Source = place.Register,
            WritesDestination = true,
            Slot = place.Slot,
            Question = place.Question,
            Line = _line,
        });
    }

    private void Select(Store x)
    {
        var width = WidthOf(x.Value.Type);
        bool isNumber = x.Value is Constant { Signed: >= int.MinValue and <= int.MaxValue };
        int value = isNumber ? MachineInstruction.None : Use(x.Value);
        var place = PlaceOf(x.Address, x.Offset);
        Add(new()
        {
            Code = isNumber ? Insn.Store(width, default, place.Offset, (int)((Constant)x.Value).Signed) : Insn.Store(width, default, place.Offset, default(Register)),
            Destination = place.Register,
            Source = value,
            ReadsDestination = true,
            Slot = place.Slot,
            Question = place.Question,
            Line = _line,
        });
    }

    private void Select(Atomic x)
    {
        int result = RegisterOf(x);
        var place = PlaceOf(x.Address, x.Offset);
        if (x.Expected is { } expected)
        {
            int given = Use(x.Value);
            Put(0, expected);
            AddAtomic(AtomicOperation.CompareExchange, x, place, given, readsResult: true);
            Copy(result, 0);
            return;
        }

        if (!_result.Function.Operations.Any(o => o.Used.Contains(x)) && x.Operator is not AtomicOperation.Exchange)
        {
            AddAtomic(x.Operator, x, place, Use(x.Value), readsResult: false);
            return;
        }

        // The register that gives the value takes the old one.
        Put(result, x.Value);
        Add(new()
        {
            Code = Insn.Atomic(x.Operator | AtomicOperation.FetchAdd, AtomicWidth(x), default, place.Offset, default),
            Destination = place.Register,
            Source = result,
            ReadsDestination = true,
            WritesSource = true,
            Slot = place.Slot,
            Question = place.Question,
            Line = _line,
        });
    }

    private void SelectField(FieldAddress x)
    {
        int target = RegisterOf(x);
        Put(target, x.Address);
        var question = _paths.OffsetOf(x);
        Add(new()
        {
            Code = Insn.Alu64(AluOperation.Add, default, (int)question.LocalAnswer),
            Destination = target,
            ReadsDestination = true,
            WritesDestination = true,
            Question = question,
            Line = _line,
        });
    }

    private void SelectQuestion(KernelQuestion x)
    {
        var question = _paths.SubjectOf(x);
        long answer = question.LocalAnswer;
        Add(new()
        {
            Code = question.IsWide ? Insn.LoadWide(default, (ulong)answer)[0] : Insn.Mov64(default, (int)answer),
            Destination = RegisterOf(x),
            WritesDestination = true,
            Wide = question.IsWide ? (ulong)answer : null,
            Question = question,
            Line = _line,
        });
    }

    private void AddAtomic(AtomicOperation operation, Atomic x, Place place, int value, bool readsResult) => Add(new()
    {
        Code = Insn.Atomic(operation, AtomicWidth(x), default, place.Offset, default),
        Destination = place.Register,
        Source = value,
        ReadsDestination = true,
        ReadsAndWritesResult = readsResult,
        Slot = place.Slot,
        Line = _line,
    });

    private Place PlaceOf(Value address, int offset)
    {
        while (address is Binary { Operator: BinaryOperator.Add, Right: Constant distance } sum && _folded.Contains(sum) && short.MinValue <= offset + distance.Signed && offset + distance.Signed <= short.MaxValue)
        {
            offset += (int)distance.Signed;
            address = sum.Left;
        }

        if (address is FieldAddress field && _folded.Contains(field))
        {
            var question = _paths.OffsetOf(field);
            return new(Use(field.Address), null, (short)question.LocalAnswer, question);
        }

        return address is StackSlot slot ? new(MachineFunction.Frame, Used(slot), (short)offset) : new(Use(address), null, (short)offset);
    }

    private static MemoryWidth AtomicWidth(Atomic x) => x.Type.Bits == 64 ? MemoryWidth.Double : MemoryWidth.Word;

    private static MemoryWidth WidthOf(IrType type) => type.Bytes switch
    {
        1 => MemoryWidth.Byte,
        2 => MemoryWidth.Half,
        4 => MemoryWidth.Word,
        _ => MemoryWidth.Double,
    };
}

// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Objects.Instructions;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Selection;

/// <summary>
/// Chooses instructions for a function. A number narrower than a register lies in it zero-extended, which 32-bit arithmetic does by itself;
/// addresses with a constant distance and comparisons are not computed but folded into what uses them.
/// </summary>
internal sealed partial class InstructionSelector
{
    private readonly MachineFunction _result;
    private readonly ControlFlow _flow;
    private readonly KernelPaths _paths;
    private readonly TargetProfile _target;
    private readonly Dictionary<Value, int> _registers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Block, MachineBlock> _blocks = [];
    private readonly HashSet<Value> _folded;
    private readonly List<StackSlot> _held;
    private readonly ConstantEdges _constantEdges;
    private MachineBlock _block = null!;
    private SourceLine? _line;

    private InstructionSelector(Function function, KernelPaths paths, TargetProfile target)
    {
        _paths = paths;
        _target = target;
        _result = new(function);
        _flow = new(function);
        _folded = FoldedValues.Find(_flow.Order, paths);
        _held = HeldSlots.Find(_flow.Order);
        _constantEdges = new(_flow.Order);
    }

    public static MachineFunction Select(Function function, KernelPaths paths, TargetProfile target)
    {
        InstructionSelector selector = new(function, paths, target);
        selector.Run(function);
        return selector._result;
    }

    private void Run(Function function)
    {
        // The kernel wants to know where a function's first instruction comes from.
        _line = function.Operations.FirstOrDefault(o => o.Source is not null)?.Source;
        foreach (var block in _flow.Order) _blocks.Add(block, new(block.Name, _flow.LoopDepth(block)));
        foreach (var block in _flow.Order)
        {
            _block = _blocks[block];
            _result.Blocks.Add(_block);
            if (block == function.Entry) TakeParameters(block);
            foreach (var operation in block.Operations)
            {
                _line = operation.Source ?? _line;
                if (!_folded.Contains(operation)) Select(operation);
            }
        }
    }

    private void TakeParameters(Block entry)
    {
        for (int i = 0; i < entry.Parameters.Count; i++) Copy(RegisterOf(entry.Parameters[i]), i + 1);
    }

    private void Select(Operation operation)
    {
        switch (operation)
        {
            case Binary x: Select(x); break;
            case Compare or Ir.Select: SelectChoice(operation); break;
            case Convert x: Select(x); break;
            case SwapBytes x: Select(x); break;
            case StackSlot x when _held.Contains(x): PutAddress(RegisterOf(x), x); break;
            case StackSlot or MapReference or GlobalAddress or FunctionAddress: break; // made anew where they are used
            case FieldAddress x: SelectField(x); break;
            case KernelQuestion x: SelectQuestion(x); break;
            case Load x: Select(x); break;
            case Store x: Select(x); break;
            case Atomic x: Select(x); break;
            case HelperCall or KernelCall or LocalCall: SelectCall(operation); break;
            case MayContinue: break; // the branch that it decides
            case Jump x: Select(x); break;
            case Branch x: Select(x); break;
            case Return x: Select(x); break;
            default: throw new UnreachableException($"no case for {operation.GetType().Name}");
        }
    }

    /// <summary>The register of a value, once its block has been reached.</summary>
    private int RegisterOf(Value value)
    {
        if (!_registers.TryGetValue(value, out int register)) _registers.Add(value, register = _result.NewRegister());
        return register;
    }

    /// <summary>A register that holds a value: its own, or a new one for what is made where it is used.</summary>
    private int Use(Value value)
    {
        if (IsLowBits(value, out var whole)) return Use(whole);
        if (!IsMadeAnew(value)) return RegisterOf(value);
        int register = _result.NewRegister();
        Put(register, value);
        return register;
    }

    private bool IsMadeAnew(Value value) => value switch
    {
        StackSlot slot => !_held.Contains(slot),
        Constant or MapReference or GlobalAddress or FunctionAddress => true,
        _ => _folded.Contains(value),
    };

    // Whoever takes it looks at no more than its low bits, so that the number that it was truncated from does.
    private bool IsLowBits(Value value, [NotNullWhen(true)] out Value? whole)
    {
        whole = value is Convert { Conversion: Conversion.Truncate } x && _folded.Contains(x) ? x.Operand : null;
        return whole is not null;
    }

    /// <summary>Puts a value into a register.</summary>
    private void Put(int register, Value value)
    {
        if (IsLowBits(value, out var whole))
        {
            Put(register, whole);
            return;
        }

        switch (value)
        {
            case Constant x: Add(NumberInto(register, x.Number)); break;
            case StackSlot x when !_held.Contains(x): PutAddress(register, x); break;
            case MapReference x: PutReference(register, WideSource.MapDescriptor, slot => new Objects.Specs.Reference.Map(slot, x.Map)); break;
            case GlobalAddress x: PutReference(register, WideSource.MapValue, slot => new Objects.Specs.Reference.MapValue(slot, x.Map, x.Offset), x.Offset); break;
            case FunctionAddress x: PutReference(register, WideSource.Function, slot => new Objects.Specs.Reference.FunctionAddress(slot, x.Function)); break;
            case Binary x when _folded.Contains(x): PutSum(register, x); break;
            default: Copy(register, RegisterOf(value)); break;
        }
    }

    private void PutAddress(int register, StackSlot slot) =>
        Add(new() { Code = Insn.Alu64(AluOperation.Add, default, 0), Destination = register, WritesDestination = true, Slot = Used(slot), Line = _line });

    /// <summary>What gives a register a number.</summary>
    private MachineInstruction NumberInto(int register, long number)
    {
        var code = number is >= int.MinValue and <= int.MaxValue ? Insn.Mov64(default, (int)number)
            : (ulong)number <= uint.MaxValue ? Insn.Mov32(default, (int)number) : Insn.LoadWide(default, (ulong)number)[0];
        return new() { Code = code, Destination = register, WritesDestination = true, Wide = code.IsWide ? (ulong)number : null, Line = _line };
    }

    private void PutReference(int register, WideSource source, Func<int, Objects.Specs.Reference> reference, int high = 0) => Add(new()
    {
        Code = Insn.LoadWide(default, source, 0, high)[0],
        Destination = register,
        WritesDestination = true,
        Wide = (ulong)(uint)high << 32,
        Reference = reference,
        Line = _line,
    });

    private StackSlot Used(StackSlot slot)
    {
        if (!_result.Slots.Contains(slot)) _result.Slots.Add(slot);
        return slot;
    }

    private void Add(MachineInstruction instruction) => _block.Instructions.Add(instruction);

    private void Copy(int destination, int source) =>
        Add(new() { Code = Insn.Mov64(default, default(Register)), Destination = destination, Source = source, WritesDestination = true, Line = _line });

    /// <summary>An instruction that gives a register a value out of nothing, or out of the source.</summary>
    private void Write(Instruction code, int destination, int source = MachineInstruction.None) =>
        Add(new() { Code = code, Destination = destination, Source = source, WritesDestination = true, Line = _line });

    /// <summary>An instruction that changes a register.</summary>
    private void Change(Instruction code, int destination, int source = MachineInstruction.None) =>
        Add(new() { Code = code, Destination = destination, Source = source, ReadsDestination = true, WritesDestination = true, Line = _line });
}

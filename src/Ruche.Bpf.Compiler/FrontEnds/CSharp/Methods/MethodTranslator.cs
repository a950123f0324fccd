// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>
/// Translates one method. Locals, and parameters that are written or whose address is taken, are slots of the stack; what the evaluation stack holds where
/// blocks meet becomes parameters of the blocks.
/// </summary>
internal sealed partial class MethodTranslator
{
    private readonly ObjectTranslator _object;
    private readonly MethodInstance _method;
    private readonly Function _function;
    private readonly SourceLine? _fallback;
    private readonly MethodBodyBlock _body;
    private readonly MethodSignature<ClrType> _signature;
    private readonly List<IlInstruction> _code;
    private readonly HashSet<int> _leaders;
    private readonly SourceLines _lines;
    private readonly IrWriter _ir;
    private readonly TypeReader _types;

    private readonly List<Operand> _stack = [];
    private readonly Dictionary<(int Offset, Continuation? Then), Target> _targets = [];
    private readonly Queue<(int Offset, Continuation? Then)> _open = new();
    private readonly Dictionary<int, int> _indices = [];

    private ImmutableArray<ClrType> _parameterTypes = [];
    private Operand[] _parameters = [];
    private Operand[] _locals = [];
    private ImmutableArray<ClrType> _localTypes = [];
    private Continuation? _then;
    private ClrType? _constraint;

    public MethodTranslator(ObjectTranslator translator, MethodInstance method, Function function, SourceLine? calledAt)
    {
        (_object, _method, _function, _fallback) = (translator, method, function, calledAt);
        _types = new(translator.Types, method.Assembly);
        _signature = method.Definition.DecodeSignature(_types, method.Arguments);
        _body = method.Assembly.BodyOf(method.Definition);
        _code = IlReader.Read(_body.GetILReader());
        _leaders = IlLeaders.Of(_code);
        _lines = new(method.Assembly, method.Handle);
        _ir = new(function) { Line = _lines.At(0) ?? _fallback };
        for (int i = 0; i < _code.Count; i++) _indices.Add(_code[i].Offset, i);
        foreach (var region in _body.ExceptionRegions) _leaders.Add(region.HandlerOffset);
    }

    /// <summary>Where a finally block goes on when it is done.</summary>
    private sealed record Continuation(int Offset, Continuation? Then);

    private sealed record Target(Block Block, ImmutableArray<Operand> Stack);

    public void Translate()
    {
        Check();
        SetUpParameters();
        SetUpLocals();
        var entry = TargetAt(0, null);
        _ir.Add(new Jump(new(entry.Block)));
        while (_open.TryDequeue(out var next)) TranslateBlock(next.Offset, next.Then);
    }

    // Handlers of exceptions are not gone into: nothing leads there.
    private void Check()
    {
        foreach (var region in _body.ExceptionRegions)
        {
            if (region.Kind is not ExceptionRegionKind.Finally) _object.Report(new(Refusals.Caught), _lines.At(region.HandlerOffset) ?? _fallback);
        }
    }

    private void SetUpParameters()
    {
        var types = _signature.ParameterTypes;
        if (_signature.Header.IsInstance) types = types.Insert(0, new ClrType.Address(_object.Types.TypeOf(_method.Assembly, _method.Definition.GetDeclaringType(), _method.Arguments.OfType)));
        _parameterTypes = types;
        var written = _code.Where(i => i.Code is ILOpCode.Starg or ILOpCode.Ldarga).Select(i => i.Operand).ToHashSet();
        int first = _signature.ReturnType is ClrType.Struct ? 1 : 0;
        _parameters = new Operand[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            Operand given = new(_function.Entry.Parameters[first + i], types[i]);
            bool isInSlot = written.Contains(i) && !given.IsStruct;
            _parameters[i] = isInSlot ? new(_ir.Slot(types[i]), types[i]) : given;
            if (isInSlot) _ir.Store(_parameters[i], given, types[i]);
        }

        _writtenParameters = written;
    }

    private HashSet<long> _writtenParameters = [];

    private void SetUpLocals()
    {
        if (_body.LocalSignature.IsNil) return;
        _localTypes = _method.Assembly.Reader.GetStandaloneSignature(_body.LocalSignature).DecodeLocalSignature(_types, _method.Arguments);
        _locals = new Operand[_localTypes.Length];
        for (int i = 0; i < _locals.Length; i++)
        {
            var type = _localTypes[i];
            if (type is ClrType.Other) continue;
            _locals[i] = new(_ir.Slot(type), type);
            if (_body.LocalVariablesInitialized && type is ClrType.Struct) _ir.Clear(_locals[i], type);
        }
    }

    private Target TargetAt(int offset, Continuation? then)
    {
        if (_targets.TryGetValue((offset, then), out var known)) return known;
        var block = _function.AddBlock($"il{offset:x4}{(_targets.Count > 0 ? $".{_targets.Count}" : "")}");
        List<Operand> stack = [];
        foreach (var operand in _stack)
        {
            if (operand.IsNoValue || operand.IsSpoiled)
            {
                stack.Add(operand);
                continue;
            }

            var type = operand.Type is ClrType.Struct or ClrType.Address ? IrType.PointerTo(AddressSpace.Any) : operand.Value.Type;
            BlockParameter parameter = new(type);
            block.Parameters.Add(parameter);
            stack.Add(new(parameter, operand.Type) { IsShared = operand.IsShared });
        }

        Target target = new(block, [.. stack]);
        _targets.Add((offset, then), target);
        _open.Enqueue((offset, then));
        return target;
    }

    /// <summary>The way to the block at an offset, with what is on the stack.</summary>
    private Edge EdgeTo(int offset, Continuation? then)
    {
        var target = TargetAt(offset, then);
        List<Value> given = [];
        for (int i = 0; i < target.Stack.Length; i++)
        {
            if (target.Stack[i].IsNoValue || target.Stack[i].IsSpoiled) continue;
            var (operand, parameter) = (_stack[i], target.Block.Parameters[given.Count]);
            given.Add(operand.IsNoValue || operand.IsSpoiled ? new Constant(parameter.Type, 0)
                : operand.IsStruct ? _ir.Anonymous(operand)
                : parameter.Type is IrType.Pointer ? _ir.Stored(operand, new ClrType.Address(operand.Type))
                : _ir.Number(operand, parameter.Type));
        }

        return new(target.Block, given);
    }

    private void TranslateBlock(int offset, Continuation? then)
    {
        var target = _targets[(offset, then)];
        (_ir.Block, _then) = (target.Block, then);
        _stack.Clear();
        _stack.AddRange(target.Stack);
        for (int i = _indices[offset]; ; i++)
        {
            var instruction = _code[i];
            _ir.Line = _lines.At(instruction.Offset) ?? _fallback;
            if (instruction.Offset != offset && _leaders.Contains(instruction.Offset))
            {
                _ir.Add(new Jump(EdgeTo(instruction.Offset, then)));
                return;
            }

            Step(instruction);
            if (instruction.EndsBlock) return;
        }
    }

    private void Translate(IlInstruction instruction)
    {
        if (TranslateMemory(instruction) || TranslateNumber(instruction) || TranslateFunction(instruction)) return;
        switch (instruction.Code)
        {
            case ILOpCode.Nop or ILOpCode.Volatile or ILOpCode.Unaligned or ILOpCode.Readonly or ILOpCode.Tail or ILOpCode.Break:
                break;
            case ILOpCode.Pop:
                Pop();
                break;
            case ILOpCode.Dup:
                Duplicate();
                break;
            case ILOpCode.Ldstr:
                var text = _method.Assembly.Reader.GetUserString((UserStringHandle)System.Reflection.Metadata.Ecma335.MetadataTokens.Handle((int)instruction.Operand));
                Push(new(new Constant(IrType.I64, 0), new ClrType.Other("string")) { Text = text, TextLine = Line });
                break;
            case ILOpCode.Ldnull:
                Push(new(new Constant(IrType.I64, 0), new ClrType.Other("object") { IsObject = true }) { Text = "", TextLine = Line });
                break;
            case ILOpCode.Ldtoken when EntityOf(instruction).Kind is HandleKind.FieldDefinition:
                Push(_object.Statics.AddressOf(_method, EntityOf(instruction), _ir));
                break;
            default:
                throw new CSharpException(Unsupported(instruction));
        }
    }

    private Refusal Unsupported(IlInstruction instruction) => instruction.Code switch
    {
        ILOpCode.Newarr => Refusals.ArrayMade,
        ILOpCode.Box => IsThrownBySwitch(instruction) ? Refusals.NotExhaustive : Refusals.Boxed,
        ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Unbox or ILOpCode.Unbox_any => Refusals.ObjectUsed,
        ILOpCode.Ldtoken => Refusals.TypeAsked,
        ILOpCode.Ldvirtftn => Refusals.DelegateMade,
        ILOpCode.Ldc_r4 or ILOpCode.Ldc_r8 or ILOpCode.Conv_r4 or ILOpCode.Conv_r8 or ILOpCode.Conv_r_un or ILOpCode.Ldind_r4 or ILOpCode.Ldind_r8 => Refusals.Fraction,
        _ => Refusals.NoCounterpart(instruction.Code.ToString().ToLowerInvariant().Replace('_', '.')),
    };

    // A switch expression that does not name all values throws with the one that it had, in a box.
    private bool IsThrownBySwitch(IlInstruction instruction) => After(instruction) is { Code: ILOpCode.Call } next
        && _object.Methods.Resolve(_method, EntityOf(next)).Name.StartsWith("ThrowSwitchExpressionException", StringComparison.Ordinal);

    /// <summary>The line that was translated last.</summary>
    public SourceLine? Line => _ir.Line;

    private void Push(Operand operand) => _stack.Add(operand);

    private void PushNumber(Value value, ClrType type) => _stack.Add(new(value, type));

    private Operand Pop()
    {
        var top = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private void Duplicate()
    {
        if (_stack[^1] is { IsStruct: true, IsShared: false } own) _stack[^1] = own with { IsShared = true };
        Push(_stack[^1]);
    }

    // Something is written: structs that are still to be used are copied before.
    private void KeepStructs()
    {
        for (int i = 0; i < _stack.Count; i++)
        {
            if (_stack[i] is { IsStruct: true, IsShared: true } shared) _stack[i] = _ir.Copied(shared);
        }
    }

    private ClrType TypeAt(IlInstruction instruction)
    {
        var handle = System.Reflection.Metadata.Ecma335.MetadataTokens.EntityHandle((int)instruction.Operand);
        var type = _object.Types.TypeOf(_method.Assembly, handle, _method.Arguments);
        return type is ClrType.Other ? throw NoValue(type) : type;
    }

    private static CSharpException NoValue(ClrType type) => new(type is ClrType.Other other ? other.Refusal : Refusals.StringUsed);
}

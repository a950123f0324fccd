// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <content>
/// What goes on after something that no program can do: its value is spoiled, and what is done with a spoiled value is not spoken of again, so that each
/// mistake is told once, and all of them at a time. Nothing of a method with mistakes is emitted.
/// </content>
internal sealed partial class MethodTranslator
{
    private static readonly Operand Spoiled = new(new Constant(IrType.I64, 0), new ClrType.Other("")) { IsSpoiled = true };

    private readonly HashSet<int> _spoiledLocals = [];

    private void Step(IlInstruction instruction)
    {
        var called = CalledBy(instruction);
        int takes = called is null ? StackUse.Takes(instruction.Code) : called.Operands - (instruction.Code is ILOpCode.Newobj ? 1 : 0);
        if (instruction.Code is ILOpCode.Ret && _signature.ReturnType is not ClrType.Void) takes = 1;
        bool leaves = called is null ? StackUse.Leaves(instruction.Code) : instruction.Code is ILOpCode.Newobj || called.Signature.ReturnType is not ClrType.Void;
        int depth = _stack.Count - takes;
        if (_object.Initializes is not null && instruction.Code is ILOpCode.Stsfld or ILOpCode.Ldsflda) _object.Statics.Note(_method, EntityOf(instruction), Line);
        var text = _stack.Skip(depth).FirstOrDefault(o => o.IsNoValue);
        try
        {
            if (!IsSpoiled(takes)) Translate(instruction, called);
            else PassOn(instruction, called, depth, leaves);
        }
        catch (CSharpException exception)
        {
            bool isOfText = exception.Refusal.Id == RuleIds.Heap && text.IsNoValue;
            _object.Report(isOfText && text.Text is not "" ? new(Refusals.StringUsed) : exception, isOfText ? text.TextLine ?? Line : Line);
            PassOn(instruction, null, depth, leaves);
        }
    }

    private void Translate(IlInstruction instruction, CalledMethod? called)
    {
        if (instruction.EndsBlock) End(instruction);
        else if (called is not null) TranslateCall(instruction, called);
        else Translate(instruction);
    }

    private CalledMethod? CalledBy(IlInstruction instruction) =>
        instruction.Code is ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj ? _object.Methods.Resolve(_method, EntityOf(instruction)) : null;

    private bool IsSpoiled(int takes)
    {
        for (int i = 1; i <= takes; i++)
        {
            if (_stack[^i].IsSpoiled) return true;
        }

        return false;
    }

    private void PassOn(IlInstruction instruction, CalledMethod? called, int depth, bool leaves)
    {
        _constraint = null;
        if (instruction.EndsBlock)
        {
            EndSpoiled(instruction, depth);
            return;
        }

        _stack.RemoveRange(depth, _stack.Count - depth);
        if (instruction.Code is ILOpCode.Stloc && _localTypes[(int)instruction.Operand] is ClrType.Other or ClrType.Struct { Shape.KernelName: not null }) _spoiledLocals.Add((int)instruction.Operand);
        if (called?.Instance is { } instance && IsFollowed(instance)) _object.Request(instance, _function, Line);
        if (leaves) Push(Spoiled);
    }

    // What is called with a spoiled value is looked at all the same.
    private static bool IsFollowed(MethodInstance instance) => instance.Definition is { RelativeVirtualAddress: not 0 } definition
        && (definition.Attributes & (MethodAttributes.Abstract | MethodAttributes.SpecialName)) == 0
        && ((definition.Attributes & MethodAttributes.Static) != 0 || instance.Assembly.IsStruct(definition.GetDeclaringType()))
        && !IsStateMachine(instance) && !IsLowered(instance);

    private void EndSpoiled(IlInstruction instruction, int depth)
    {
        if (instruction.Code is ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow || _ir.Block.Operations is [.., Terminator])
        {
            if (_ir.Block.Operations is not [.., Terminator]) _ir.Add(new Return(new Constant(IrType.I32, 0)));
            return;
        }

        for (int i = depth; i < _stack.Count; i++) _stack[i] = new(new Constant(IrType.I32, 0), ClrType.Int32);
        End(instruction);
    }

    /// <summary>A local that values can be kept in; null when what was kept in it is spoiled.</summary>
    private Operand? Local(int index)
    {
        if (_spoiledLocals.Contains(index)) return null;
        var refusal = _localTypes[index] switch
        {
            ClrType.Other other => other.Refusal,
            ClrType.Struct { Shape: { KernelName: not null } shape } => Refusals.KernelCopy(shape.Name),
            _ => null,
        };
        if (refusal is null) return _locals[index];
        _spoiledLocals.Add(index);
        throw new CSharpException(refusal);
    }

    // A parameter that no program has values for: who calls has been told.
    private Operand Silently(Refusal refusal)
    {
        _object.Withhold(refusal, Line);
        return Spoiled;
    }

    private IlInstruction? After(IlInstruction instruction) => _indices.TryGetValue(instruction.Next, out int next) ? _code[next] : null;
}

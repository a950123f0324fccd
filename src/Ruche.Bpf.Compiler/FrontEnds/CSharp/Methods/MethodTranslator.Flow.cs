// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <content>How blocks end.</content>
internal sealed partial class MethodTranslator
{
    private void End(IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Br:
                _ir.Add(new Jump(EdgeTo((int)instruction.Operand, _then)));
                break;
            case ILOpCode.Ret:
                Return();
                break;
            case ILOpCode.Switch:
                Choose(instruction);
                break;
            case ILOpCode.Leave:
                _stack.Clear();
                Leave(instruction.Offset, (int)instruction.Operand);
                break;
            case ILOpCode.Endfinally when _then is { } then:
                _stack.Clear();
                _ir.Add(new Jump(EdgeTo(then.Offset, then.Then)));
                break;
            case ILOpCode.Throw or ILOpCode.Rethrow:
                throw new CSharpException(Refusals.Thrown);
            case ILOpCode.Brtrue or ILOpCode.Brfalse:
                var decided = Truth(Pop());
                var holds = EdgeTo((int)instruction.Operand, _then);
                var next = EdgeTo(instruction.Next, _then);
                _ir.Add(instruction.Code is ILOpCode.Brtrue ? new Branch(decided, holds, next) : new Branch(decided, next, holds));
                break;
            default:
                var right = Pop();
                var compared = Compared(ComparisonOf(instruction.Code), Pop(), right);
                _ir.Add(new Branch(compared, EdgeTo((int)instruction.Operand, _then), EdgeTo(instruction.Next, _then)));
                break;
        }
    }

    private Value Truth(Operand operand)
    {
        if (operand.Value is Convert { Conversion: Conversion.ZeroExtend, Operand: { Type: IrType.Int { Width: 1 } } condition }) return condition;
        var value = operand.Type is ClrType.Address ? _ir.AddressOf(operand) : operand.Value;
        return _ir.Add(new Compare(Comparison.NotEqual, value, new Constant(value.Type is IrType.Pointer ? IrType.I64 : value.Type, 0)));
    }

    private void Return()
    {
        if (_signature.ReturnType is ClrType.Void)
        {
            _ir.Add(new Return(new Constant(IrType.I32, 0)));
            return;
        }

        var value = Pop();
        if (value.IsNoValue || _signature.ReturnType is ClrType.Other) throw NoValue(_signature.ReturnType);
        if (_signature.ReturnType is ClrType.Struct { Shape: var shape })
        {
            _ir.Copy(new(_function.Entry.Parameters[0], _signature.ReturnType), value, shape);
            _ir.Add(new Return(new Constant(IrType.I32, 0)));
            return;
        }

        var stored = _ir.Stored(value, _signature.ReturnType);
        _ir.Add(new Return(_ir.Widened(stored, _signature.ReturnType)));
    }

    private void Choose(IlInstruction instruction)
    {
        var value = Pop().Value;
        for (int i = 0; i < instruction.Targets.Length; i++)
        {
            var isThis = _ir.Add(new Compare(Comparison.Equal, value, new Constant(value.Type, i)));
            var rest = _function.AddBlock($"{_ir.Block.Name}.case{i}");
            _ir.Add(new Branch(isThis, EdgeTo(instruction.Targets[i], _then), new(rest)));
            _ir.Block = rest;
        }

        _ir.Add(new Jump(EdgeTo(instruction.Next, _then)));
    }

    // The finally blocks that are left run first, the innermost before the others.
    private void Leave(int from, int to)
    {
        Continuation? after = new(to, _then);
        var left = _body.ExceptionRegions
            .Where(r => r.Kind is ExceptionRegionKind.Finally && IsIn(r, from) && !IsIn(r, to))
            .OrderByDescending(r => r.TryLength).ToList();
        foreach (var region in left) after = new(region.HandlerOffset, after);
        _ir.Add(new Jump(EdgeTo(after.Offset, after.Then)));
    }

    private static bool IsIn(ExceptionRegion region, int offset) => offset >= region.TryOffset && offset < region.TryOffset + region.TryLength;
}

// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.Ir;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <content>Locals, parameters, fields, and what is behind addresses.</content>
internal sealed partial class MethodTranslator
{
    private bool TranslateMemory(IlInstruction instruction)
    {
        int index = (int)instruction.Operand;
        switch (instruction.Code)
        {
            case ILOpCode.Ldarg:
                if (_parameterTypes[index] is ClrType.Other unusable) Push(Silently(unusable.Refusal));
                else Push(IsInSlot(index) ? _ir.Load(_parameters[index], _parameterTypes[index]) : _parameters[index] with { IsShared = _parameters[index].IsStruct });
                break;
            case ILOpCode.Ldarga:
                Push(_parameterTypes[index] is ClrType.Other other ? Silently(other.Refusal) : _parameters[index] with { Type = new ClrType.Address(_parameterTypes[index]) });
                break;
            case ILOpCode.Starg:
                StoreAt(_parameters[index], Pop(), _parameterTypes[index]);
                break;
            case ILOpCode.Ldloc:
                Push(Local(index) is { } loadedFrom ? _ir.Load(loadedFrom, _localTypes[index]) : Spoiled);
                break;
            case ILOpCode.Ldloca:
                Push(Local(index) is { } place ? place with { Type = new ClrType.Address(_localTypes[index]) } : Spoiled);
                break;
            case ILOpCode.Stloc:
                var kept = Pop();
                if (Local(index) is { } room) StoreAt(room, kept, _localTypes[index]);
                break;
            case ILOpCode.Ldfld:
                Push(_ir.Load(FieldOf(Pop(), instruction, out var loaded), loaded));
                break;
            case ILOpCode.Ldflda:
                var field = FieldOf(Pop(), instruction, out var fieldType);
                Push(field with { Type = new ClrType.Address(fieldType), IsShared = false });
                break;
            case ILOpCode.Stfld:
                var value = Pop();
                StoreAt(FieldOf(Pop(), instruction, out var stored), value, stored);
                break;
            case ILOpCode.Ldsfld:
                Push(_object.Statics.IsRefused(_method, EntityOf(instruction), Line) ? Spoiled : _object.Statics.Read(_method, EntityOf(instruction), _ir));
                break;
            case ILOpCode.Ldsflda:
                Push(_object.Statics.IsRefused(_method, EntityOf(instruction), Line) ? Spoiled : _object.Statics.AddressOf(_method, EntityOf(instruction), _ir));
                break;
            case ILOpCode.Stsfld:
                var assigned = Pop();
                if (_object.Statics.IsRefused(_method, EntityOf(instruction), Line)) break;
                var target = _object.Statics.AddressOf(_method, EntityOf(instruction), _ir);
                StoreAt(target, assigned, ((ClrType.Address)target.Type).Target);
                break;
            case ILOpCode.Ldobj:
                Push(_ir.Load(Pop(), CopiedAt(instruction)));
                break;
            case ILOpCode.Stobj:
                var written = Pop();
                StoreAt(Pop(), written, TypeAt(instruction));
                break;
            case ILOpCode.Cpobj:
                var source = Pop();
                StoreAt(Pop(), _ir.Load(source, TypeAt(instruction)), TypeAt(instruction));
                break;
            case ILOpCode.Initobj:
                var cleared = Pop();
                KeepStructs();
                _ir.Clear(cleared, TypeAt(instruction));
                break;
            case ILOpCode.Sizeof:
                Push(new(new Constant(IrType.I32, TypeAt(instruction).Size), ClrType.Int32));
                break;
            case ILOpCode.Localloc:
                Push(Allocate(Pop()));
                break;
            default:
                return TranslateIndirect(instruction);
        }

        return true;
    }

    private bool TranslateIndirect(IlInstruction instruction)
    {
        if (IndirectType(instruction.Code) is not { } type) return false;
        if (instruction.Code is >= ILOpCode.Ldind_i1 and <= ILOpCode.Ldind_ref) Push(_ir.Load(Address(Pop()), type));
        else
        {
            var value = Pop();
            StoreAt(Address(Pop()), value, type);
        }

        return true;
    }

    private ClrType? IndirectType(ILOpCode code) => code switch
    {
        ILOpCode.Ldind_i1 => _types.GetPrimitiveType(PrimitiveTypeCode.SByte),
        ILOpCode.Ldind_u1 or ILOpCode.Stind_i1 => _types.GetPrimitiveType(PrimitiveTypeCode.Byte),
        ILOpCode.Ldind_i2 => _types.GetPrimitiveType(PrimitiveTypeCode.Int16),
        ILOpCode.Ldind_u2 or ILOpCode.Stind_i2 => _types.GetPrimitiveType(PrimitiveTypeCode.UInt16),
        ILOpCode.Ldind_i4 or ILOpCode.Ldind_u4 or ILOpCode.Stind_i4 => ClrType.Int32,
        ILOpCode.Ldind_i8 or ILOpCode.Stind_i8 => ClrType.Int64,
        ILOpCode.Ldind_i or ILOpCode.Stind_i => _stack[code is ILOpCode.Ldind_i ? ^1 : ^2].Type is ClrType.Address { Target: ClrType.Address or ClrType.FunctionPointer or ClrType.Number } there
            ? there.Target : new ClrType.Number(64, true, "nint"),
        _ => null,
    };

    private ClrType CopiedAt(IlInstruction instruction) => TypeAt(instruction) is ClrType.Struct { Shape: { KernelName: not null } shape }
        ? throw new CSharpException(Refusals.KernelCopy(shape.Name)) : TypeAt(instruction);

    private bool IsInSlot(int parameter) => _writtenParameters.Contains(parameter) && _parameterTypes[parameter] is not ClrType.Struct;

    private static EntityHandle EntityOf(IlInstruction instruction) => MetadataTokens.EntityHandle((int)instruction.Operand);

    private void StoreAt(Operand address, Operand value, ClrType type)
    {
        if (value.IsNoValue || type is ClrType.Other) throw NoValue(type);
        KeepStructs();
        _ir.Store(address, value, type);
    }

    /// <summary>A number that is used as an address.</summary>
    private Operand Address(Operand operand) => operand.Type is ClrType.Address ? operand : new(_ir.Stored(operand, new ClrType.Address(operand.Type)), new ClrType.Address(operand.Type));

    private Operand FieldOf(Operand holder, IlInstruction instruction, out ClrType type)
    {
        var (shape, name) = _object.FieldAt(_method, EntityOf(instruction));
        if (shape.Find(name) is not { } field) throw new CSharpException(Refusals.NoValue(ValueKind.Other, shape.Name, null));
        type = field.Type is ClrType.Other other ? throw NoValue(other) : field.Type;
        if (!holder.IsStruct) holder = Address(holder);
        if (shape.KernelName is null) return holder with { Offset = holder.Offset + field.Offset };
        return new(_ir.Add(_object.KernelTypes.Field(holder, _ir, shape, field)), holder.Type);
    }

    private Operand Allocate(Operand size)
    {
        if (size.Value is not Constant constant) throw new CSharpException(Refusals.StackSizeUnknown);
        if (constant.Number > 512) throw new CSharpException(Refusals.StackTooLarge(constant.Signed));
        var slot = _ir.Slot((int)constant.Number, 8);
        if (_body.LocalVariablesInitialized) _ir.Clear(slot, (int)constant.Number);
        return new(slot, new ClrType.Address(_types.GetPrimitiveType(PrimitiveTypeCode.Byte)));
    }
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What a helper calls back: it hands 64-bit words on to the method, as what the method takes them for.</summary>
internal static class CallbackEntry
{
    public static void Write(Function entry, MethodInstance method, TypeCatalog types, Func<MethodInstance, Function> request, SourceLine? line)
    {
        var signature = method.Definition.DecodeSignature(new TypeReader(types, method.Assembly), method.Arguments);
        foreach (var type in signature.ParameterTypes.Append(signature.ReturnType))
        {
            if (type is ClrType.Other or ClrType.Struct) throw new CSharpException(DeclarationRefusals.Callback(method.FullName, $"{type}"));
        }

        var block = entry.AddBlock("entry");
        IrWriter ir = new(entry) { Line = line };
        var called = request(method);
        List<Value> given = [];
        foreach (var type in signature.ParameterTypes)
        {
            // The node of a tree is in an object that the program owns.
            bool isNode = type is ClrType.Address { Target: ClrType.Struct { Shape.BtfName: not null } };
            BlockParameter parameter = new(type is ClrType.Number ? IrType.I64 : isNode ? IrType.PointerTo(AddressSpace.Value) : type.OnStack);
            block.Parameters.Add(parameter);
            given.Add(type is ClrType.Number ? ir.Resized(parameter, type.OnStack, false) : isNode ? ir.Anonymous(new(parameter, type)) : parameter);
        }

        var result = ir.Add(new LocalCall(called.Name, called.Returns, [.. given]));
        ir.Add(new Return(signature.ReturnType is ClrType.Void ? new Constant(IrType.I64, 0) : ir.Resized(result, IrType.I64, isSigned: true)));
    }
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;

/// <summary>What the kernel calls: it takes the context, gets the method's arguments out of it, and calls the method.</summary>
internal static class ProgramEntry
{
    // Where x64 keeps the arguments of a function in struct pt_regs: rdi, rsi, rdx, rcx, r8, r9; and what it returns: rax.
    private static readonly int[] Registers = [112, 104, 96, 88, 72, 64];
    private const int ReturnRegister = 80;

    public static void Write(Function entry, MethodInstance method, ProgramMark program, TypeCatalog types, Func<MethodInstance, Function> request)
    {
        var signature = method.Definition.DecodeSignature(new TypeReader(types, method.Assembly), method.Arguments);
        if (signature.Header.IsInstance || signature.GenericParameterCount > 0) throw new CSharpException(DeclarationRefusals.NotPlain(method.FullName));
        if (signature.ReturnType is not (ClrType.Number or ClrType.Void)) throw new CSharpException(DeclarationRefusals.Returns(method.FullName, $"{signature.ReturnType}"));
        BlockParameter context = new(IrType.PointerTo(AddressSpace.Context)) { Name = "ctx" };
        var block = entry.AddBlock("entry");
        block.Parameters.Add(context);
        IrWriter ir = new(entry);
        var called = request(method);
        List<Value> given = [];
        int words = 0;
        for (int i = 0; i < signature.ParameterTypes.Length; i++)
        {
            var type = signature.ParameterTypes[i];
            if (i == 0 && IsContext(type, program)) given.Add(ir.Anonymous(new(context, type)));
            else given.Add(Argument(ir, context, type, words++, program, method));
        }

        var result = ir.Add(new LocalCall(called.Name, called.Returns, [.. given]));
        if (signature.ReturnType is ClrType.Void) ir.Add(new Return(new Constant(entry.Returns, 0)));
        else ir.Add(new Return(ir.Resized(result, entry.Returns, isSigned: true)));
    }

    // An address of a struct that is none of the kernel's is the context as the hook hands it over.
    private static bool IsContext(ClrType type, ProgramMark program) => type is ClrType.Address address
        && (program.Arguments is ArgumentSource.Context || address.Target is ClrType.Struct { Shape.KernelName: null });

    private static Value Argument(IrWriter ir, Value context, ClrType type, int index, ProgramMark program, MethodInstance method)
    {
        if (type is not (ClrType.Number or ClrType.Address)) throw new CSharpException(DeclarationRefusals.Takes(method.FullName, $"{type}"));
        int offset = program.Arguments switch
        {
            ArgumentSource.TypedWords or ArgumentSource.Words => index * 8,
            ArgumentSource.Registers or ArgumentSource.UserRegisters when index < Registers.Length => Registers[index],
            ArgumentSource.ReturnRegister or ArgumentSource.UserReturnRegister when index == 0 => ReturnRegister,
            ArgumentSource.Context => throw new CSharpException(DeclarationRefusals.MoreThanContext(method.FullName)),
            _ => throw new CSharpException(DeclarationRefusals.TooMany(method.FullName)),
        };
        var word = ir.Add(new Load(IrType.I64, context, offset));
        if (type is ClrType.Number number) return ir.Widened(ir.Resized(word, type.InMemory, number.IsSigned), number);
        var space = program.Arguments switch
        {
            ArgumentSource.TypedWords => AddressSpace.Kernel,
            ArgumentSource.UserRegisters or ArgumentSource.UserReturnRegister => AddressSpace.User,
            _ => AddressSpace.KernelProbe,
        };
        return ir.Anonymous(new(ir.Add(new Convert(Conversion.Reinterpret, IrType.PointerTo(space), word)), type));
    }
}

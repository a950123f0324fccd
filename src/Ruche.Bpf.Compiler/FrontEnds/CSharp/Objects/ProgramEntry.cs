// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
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

    // And those of a system call: rdi, rsi, rdx, r10, r8, r9, in a struct pt_regs that rdi leads to.
    private static readonly int[] SyscallRegisters = [112, 104, 96, 56, 72, 64];
    private const int MostParameters = 5;

    public static void Write(Function entry, MethodInstance method, ProgramMark program, TypeCatalog types, Func<MethodInstance, Function> request)
    {
        var signature = method.Definition.DecodeSignature(new TypeReader(types, method.Assembly), method.Arguments);
        if (signature.Header.IsInstance || signature.GenericParameterCount > 0) throw new CSharpException(DeclarationRefusals.NotPlain(method.FullName));
        if (signature.ReturnType is not (ClrType.Number or ClrType.Void)) throw new CSharpException(DeclarationRefusals.Returns(method.FullName, $"{signature.ReturnType}"));
        var block = entry.AddBlock("entry");
        IrWriter ir = new(entry);
        var given = program.Arguments is ArgumentSource.Function ? Parameters(ir, block, signature.ParameterTypes, method) : Arguments(ir, block, signature.ParameterTypes, program, method);
        var called = request(method);
        var result = ir.Add(new LocalCall(called.Name, called.Returns, [.. given]));
        ir.Add(new Return(signature.ReturnType is ClrType.Number number ? ir.Resized(result, entry.Returns, number.IsSigned) : new Constant(entry.Returns, 0)));
    }

    // A function's parameters are its own; the first may be a context, and others lead to memory that the kernel has seen to.
    private static List<Value> Parameters(IrWriter ir, Block block, ImmutableArray<ClrType> types, MethodInstance method)
    {
        if (types.Length > MostParameters) throw new CSharpException(DeclarationRefusals.TooMany(method.FullName));
        List<Value> given = [];
        foreach (var type in types)
        {
            if (type is not (ClrType.Number or ClrType.Address)) throw new CSharpException(DeclarationRefusals.Takes(method.FullName, $"{type}"));
            BlockParameter parameter = new(type is ClrType.Number ? IrType.I64 : IrType.PointerTo(given.Count == 0 ? AddressSpace.Context : AddressSpace.Value));
            block.Parameters.Add(parameter);
            given.Add(type is ClrType.Number number ? ir.Widened(ir.Resized(parameter, number.InMemory, number.IsSigned), number) : ir.Anonymous(new(parameter, type)));
        }

        return given;
    }

    private static List<Value> Arguments(IrWriter ir, Block block, ImmutableArray<ClrType> types, ProgramMark program, MethodInstance method)
    {
        BlockParameter context = new(IrType.PointerTo(AddressSpace.Context)) { Name = "ctx" };
        block.Parameters.Add(context);
        List<Value> given = [];
        int words = 0;
        Value? registers = null;
        for (int i = 0; i < types.Length; i++)
        {
            if (i == 0 && IsContext(types[i], program))
            {
                given.Add(ir.Anonymous(new(context, types[i])));
                continue;
            }

            registers ??= program.Arguments is ArgumentSource.SyscallRegisters ? RegistersOfCall(ir, context) : context;
            given.Add(Argument(ir, registers, types[i], words++, program, method));
        }

        return given;
    }

    private static Convert RegistersOfCall(IrWriter ir, Value context) =>
        ir.Add(new Convert(Conversion.Reinterpret, IrType.PointerTo(AddressSpace.KernelProbe), ir.Add(new Load(IrType.I64, context, Registers[0]))));

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
            ArgumentSource.SyscallRegisters when index < SyscallRegisters.Length => SyscallRegisters[index],
            ArgumentSource.ReturnRegister or ArgumentSource.UserReturnRegister when index == 0 => ReturnRegister,
            ArgumentSource.Context => throw new CSharpException(DeclarationRefusals.MoreThanContext(method.FullName)),
            _ => throw new CSharpException(DeclarationRefusals.TooMany(method.FullName)),
        };
        var word = ir.Add(new Load(IrType.I64, context, offset));
        if (type is ClrType.Number number) return ir.Widened(ir.Resized(word, type.InMemory, number.IsSigned), number);
        var space = program.Arguments switch
        {
            ArgumentSource.TypedWords => AddressSpace.Kernel,
            ArgumentSource.UserRegisters or ArgumentSource.UserReturnRegister or ArgumentSource.SyscallRegisters => AddressSpace.User,
            _ => AddressSpace.KernelProbe,
        };
        return ir.Anonymous(new(ir.Add(new Convert(Conversion.Reinterpret, IrType.PointerTo(space), word)), type));
    }
}

// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Ruche.Bpf.Analyzers.Symbols;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

namespace Ruche.Bpf.Analyzers.Bodies;

/// <content>Statements, and what locals are given.</content>
internal sealed partial class BodyChecker
{
    // It is judged when it is called.
    public override Worth VisitLocalFunction(ILocalFunctionOperation operation, object? argument) => Worth.Fine;

    public override Worth VisitVariableDeclarator(IVariableDeclaratorOperation operation, object? argument)
    {
        var value = operation.Initializer?.Value ?? (operation.Parent as IVariableDeclarationOperation)?.Initializer?.Value;
        foreach (var ignored in operation.IgnoredArguments) Visit(ignored, null);
        if (value is null) return Worth.Fine;
        Keep(operation.Symbol, value, operation, Visit(value, null));
        return Worth.Fine;
    }

    public override Worth VisitVariableDeclaration(IVariableDeclarationOperation operation, object? argument)
    {
        foreach (var declarator in operation.Declarators) Visit(declarator, null);
        return Worth.Fine;
    }

    private void Keep(ILocalSymbol local, IOperation value, IOperation where, Worth worth)
    {
        var refusal = Refuse(local.Type) ?? (local.RefKind is RefKind.None ? CopyOf(local.Type) : null);
        if (worth is Worth.Text) RefuseText(value, local.Type);
        else if (worth is Worth.Fine && refusal is not null) Refuse(refusal, where);
        if (refusal is not null) _spoiled.Add(local);
    }

    private static Refusal? CopyOf(ITypeSymbol type) => type.TypeKind is TypeKind.Struct && KernelSymbols.IsKernelType(type) ? Refusals.KernelCopy(TypeNames.Said(type)) : null;

    public override Worth VisitSimpleAssignment(ISimpleAssignmentOperation operation, object? argument)
    {
        if (operation is { Target: ILocalReferenceOperation { Local: var lost }, Value: IConversionOperation { IsImplicit: true, Operand: var kept } } && _spoiled.Contains(lost))
        {
            Visit(kept, null);
            return Worth.Spoiled;
        }

        var target = operation.Target is ILocalReferenceOperation or IDiscardOperation ? Worth.Fine : Target(operation.Target, isRead: false);
        var worth = Visit(operation.Value, null);
        if (operation.Target is ILocalReferenceOperation { Local: var local })
        {
            Keep(local, operation.Value, operation, worth);
            return worth is Worth.Fine && !_spoiled.Contains(local) ? Worth.Fine : Worth.Spoiled;
        }

        if (target is Worth.Spoiled && worth is Worth.Fine && !operation.IsRef && operation.Value.Type is { } read && CopyOf(read) is { } whole) return Refuse(whole, operation);
        if (target is Worth.Spoiled || worth is Worth.Spoiled || operation.Target is IDiscardOperation) return target is Worth.Spoiled ? target : worth;
        if (worth is Worth.Text) return RefuseText(operation.Value, operation.Target.Type);
        return !operation.IsRef && operation.Target.Type is { } type && CopyOf(type) is { } copied ? Refuse(copied, operation) : Worth.Fine;
    }

    public override Worth VisitReturn(IReturnOperation operation, object? argument)
    {
        if (Visit(operation.ReturnedValue, null) is Worth.Text) RefuseText(operation.ReturnedValue!, operation.ReturnedValue!.Type);
        return Worth.Fine;
    }

    public override Worth VisitThrow(IThrowOperation operation, object? argument)
    {
        if (Visit(operation.Exception, null) is not Worth.Spoiled) Refuse(Refusals.Thrown, operation);
        return Worth.Spoiled;
    }

    // Handlers are not gone into: nothing leads there.
    public override Worth VisitTry(ITryOperation operation, object? argument)
    {
        foreach (var handler in operation.Catches) Refuse(Refusals.Caught, KeywordOf(handler));
        Visit(operation.Body, null);
        Visit(operation.Finally, null);
        return Worth.Fine;
    }

    public override Worth VisitLock(ILockOperation operation, object? argument)
    {
        if (Visit(operation.LockedValue, null) is not Worth.Spoiled) Refuse(Refusals.NotInKernel("System.Threading.Monitor", "Enter"), operation.LockedValue);
        return Visit(operation.Body, null);
    }

    public override Worth VisitForEachLoop(IForEachLoopOperation operation, object? argument)
    {
        var worth = Visit(operation.Collection, null);
        if (worth is Worth.Text) worth = Refuse(Refusals.StringUsed, operation.Collection);
        if (operation.Syntax is CommonForEachStatementSyntax syntax && worth is Worth.Fine && model.GetForEachStatementInfo(syntax) is var info)
        {
            foreach (var called in new[] { info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty?.GetMethod, info.DisposeMethod })
            {
                if (called is { ContainingType.TypeKind: TypeKind.Struct } && !TypeNames.IsOfBaseLibrary(called)) FollowSource(called, operation.Collection.Syntax.GetLocation());
            }
        }

        if (worth is Worth.Spoiled) _spoiled.UnionWith(operation.Locals);
        return Visit(operation.Body, null);
    }

    public override Worth VisitUsing(IUsingOperation operation, object? argument)
    {
        Visit(operation.Resources, null);
        foreach (var local in operation.Locals) FollowDispose(local.Type, operation.Resources);
        if (operation.Locals.IsEmpty && operation.Resources.Type is { } type) FollowDispose(type, operation.Resources);
        return Visit(operation.Body, null);
    }

    public override Worth VisitUsingDeclaration(IUsingDeclarationOperation operation, object? argument)
    {
        Visit(operation.DeclarationGroup, null);
        foreach (var declarator in operation.DeclarationGroup.Declarations.SelectMany(d => d.Declarators)) FollowDispose(declarator.Symbol.Type, operation.DeclarationGroup);
        return Worth.Fine;
    }

    private void FollowDispose(ITypeSymbol type, IOperation where)
    {
        if (type.GetMembers("Dispose").OfType<IMethodSymbol>().FirstOrDefault(m => m.Parameters.IsEmpty && !m.IsStatic) is { ContainingType.TypeKind: TypeKind.Struct } dispose) FollowSource(dispose, where.Syntax.GetLocation());
    }
}

// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Explanations;

/// <content>Messages about contexts.</content>
internal static partial class KernelMessages
{
    private static readonly KernelMessage[] Contexts =
    [
        new("invalid bpf_context access off={off} size={size}", VerifierRules.ContextAccess,
            "{size} bytes at offset {off} of the context cannot be accessed like this: there is no such field for this program type, it is read in part, or it may not be written"),
        new("invalid bpf_context access off={off}. Reference may already be released", VerifierRules.ReferenceMisuse,
            "the argument at {off} of the context may be released already"),
        new("variable ctx access var_off={var*} disallowed", VerifierRules.ContextAccess,
            "the context is accessed at an offset that varies",
            "access fields by name: with an index, the compiler makes one access at a varying offset; write a switch over constants"),
        new("variable {kind} access var_off={var*} disallowed", VerifierRules.ContextAccess,
            "{kind} is accessed at an offset that varies",
            "access fields by name, not by an index"),
        new("dereference of modified ctx ptr {reg} off={off} disallowed", VerifierRules.ContextAccess,
            "the context's pointer in {reg} was moved by {off} before the access",
            "keep the context's pointer as it is: with ctx + constant the compiler made a pointer of its own; put barrier_var(ctx) before, or pass ctx itself"),
        new("dereference of modified {kind} ptr {reg} off={off} disallowed", VerifierRules.KernelObject,
            "the pointer in {reg} ({kind}) was moved by {off} before the access"),
        new("negative offset ctx ptr {reg} off={off} disallowed", VerifierRules.ContextAccess,
            "the context's pointer in {reg} was moved to {off}, before its beginning"),
        new("negative offset {kind} ptr {reg} off={off} disallowed", VerifierRules.KernelObject,
            "the pointer in {reg} ({kind}) was moved to {off}, before its beginning"),
        new("{arg} expected pointer to ctx, but got {kind*}", VerifierRules.FunctionSignature,
            "{arg} must be the context, and is {kind}"),
        new("{arg} expects pointer to ctx", VerifierRules.FunctionSignature,
            "{arg} must be the context"),
        new("func '{f}' doesn't have {n}-th argument", VerifierRules.ContextAccess,
            "the function {f} that the program is attached to has no argument {n}"),
        new("func '{f}' offset {off} is not multiple of 8", VerifierRules.ContextAccess,
            "arguments of {f} are eight bytes each, and {off} is within one"),
        new("func '{f}' size {size} must be 8", VerifierRules.ContextAccess,
            "arguments of {f} are read with eight bytes, not {size}"),
        new("func '{f}' arg{n} '{name}' has type {type*}. Only pointer access is allowed", VerifierRules.ContextAccess,
            "argument {n} ({name}) of {f} has the type {type}, which programs cannot read"),
        new("func '{f}' arg{n} type {type*} is not a struct", VerifierRules.ContextAccess,
            "argument {n} of {f} points to {type}, which is no struct"),
        new("func '{f}' arg{n} type {type*} has multiple type tags", VerifierRules.ContextAccess,
            "argument {n} of {f} has several type tags"),
        new("invalid btf_id for context argument offset {off}", VerifierRules.ContextAccess,
            "the argument at {off} has no type that is known"),
        new("invalid btf_id for r0", VerifierRules.ContextAccess,
            "the return value has no type that is known"),
        new("BPF_LD_[ABS|IND] instructions not allowed for this program type", VerifierRules.ContextAccess,
            "packet loads (BPF_LD_ABS, BPF_LD_IND) exist for socket and traffic programs only",
            "read through skb->data, or with bpf_skb_load_bytes()"),
        new("at the time of BPF_LD_ABS|IND R6 != pointer to skb", VerifierRules.ContextAccess,
            "a packet load needs the context in R6"),
        new("LD_ABS is not allowed in subprogs without BTF", VerifierRules.ContextAccess,
            "a function with packet loads needs type information",
            "compile with -g"),
        new("LD_ABS is only allowed in functions that return 'int'.", VerifierRules.ContextAccess,
            "a function with packet loads must return int"),
        new("cannot use BPF_LD_[ABS|IND] within callback", VerifierRules.ContextAccess,
            "packet loads cannot stand in a callback"),
    ];
}

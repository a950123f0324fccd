// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests.Btf;

namespace Ruche.Bpf.Objects.Tests.Relocation;

public sealed class CoreExcerptTests
{
    private const string Source = """
        #pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
        typedef unsigned int u32; typedef unsigned long long u64;
        struct list_head { struct list_head *next, *prev; };
        struct qstr { const unsigned char *name; u32 len; };
        struct dentry { struct qstr d_name; struct dentry *d_parent; };
        struct path { struct dentry *dentry; };
        struct file { struct path f_path; };
        struct task_struct { int pid; struct list_head tasks; char comm[16]; struct task_struct *real_parent; u64 no_such_field; unsigned in_execve : 1; };
        struct sock_common { unsigned short skc_family; u32 skc_daddr; };
        struct sock { struct sock_common __sk_common; };
        struct no_such_struct { int x; };
        enum pid_type { PIDTYPE_PID, PIDTYPE_SID = 3 };
        typedef int (*proc_handler)(void);
        #pragma clang attribute pop
        #define INFO(expression, kind) __builtin_preserve_field_info(expression, kind)
        #define TYPE(type, kind) __builtin_preserve_type_info(*(type *)0, kind)
        volatile u64 out;
        __attribute__((section("xdp"), used)) int program(void *context)
        {
            struct task_struct *task = context; struct file *file = context; struct sock *sock = context;
            out = task->pid + task->comm[3] + (u64)task->tasks.next + (u64)task->real_parent;
            out = (u64)file->f_path.dentry + sizeof(struct qstr);
            out = INFO(((struct dentry *)context)->d_name.len, 0) + INFO(sock->__sk_common.skc_daddr, 0) + INFO(task->in_execve, 4);
            out = INFO(task->no_such_field, 2) + INFO(task->comm, 1) + INFO(sock->__sk_common.skc_family, 3);
            out = TYPE(struct task_struct, 1) + TYPE(struct no_such_struct, 0) + TYPE(struct list_head, 0);
            out = TYPE(proc_handler, 0) + __builtin_preserve_enum_value(*(enum pid_type *)PIDTYPE_SID, 1);
            return ((struct no_such_struct *)context)->x;
        }
        """;

    [Fact]
    public void Programs_get_the_answers_of_the_whole()
    {
        var kernel = BtfSamples.OpenKernel();
        var spec = ObjectSpec.Read(Clang.Compile(Source, "-Wno-everything"), "excerpt");
        CoreExcerpt excerpt = new(kernel);

        excerpt.Add(spec);
        var types = excerpt.Build();

        var program = ProgramLinker.Link(spec.Programs[0], spec);
        var expected = new CoreRelocator(spec.Btf!, kernel).Relocate(program);
        var found = new CoreRelocator(spec.Btf!, types).Relocate(program);
        Assert.True(program.CoreRelocations.Length >= 15);
        Assert.Equal(expected.Instructions, found.Instructions);
        Assert.Equal(expected.Failures.Select(f => f.Relocation), found.Failures.Select(f => f.Relocation));
    }

    [Fact]
    public void Nothing_else_is_kept()
    {
        var kernel = BtfSamples.OpenKernel();
        CoreExcerpt excerpt = new(kernel);

        excerpt.Add(ObjectSpec.Read(Clang.Compile(Source, "-Wno-everything"), "excerpt"));
        var types = excerpt.Build();

        Assert.InRange(types.Count, 15, 100);
        Assert.True(types.TryFind<BtfType.Composite>("task_struct", out int task));
        Assert.Equal(kernel.SizeOf(kernel.Find(BtfKind.Struct, "task_struct").First()), types.SizeOf(task));
        Assert.Contains("comm", ((BtfType.Composite)types[task]).Members.Select(m => m.Name));
        Assert.DoesNotContain("mm", ((BtfType.Composite)types[task]).Members.Select(m => m.Name));
        Assert.False(types.TryFind<BtfType.Composite>("mm_struct", out _));
    }
}

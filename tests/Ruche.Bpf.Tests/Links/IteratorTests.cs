// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Links;

/// <summary>Iterators over what the kernel holds, as text and as records.</summary>
public sealed class IteratorTests : KernelTest
{
    private const string Types = """
        struct seq_file;
        struct bpf_iter_meta { struct seq_file *seq; __u64 session_id; __u64 seq_num; } __attribute__((preserve_access_index));
        struct task_struct { int pid; int tgid; } __attribute__((preserve_access_index));
        struct file { void *f_op; } __attribute__((preserve_access_index));
        struct vm_area_struct { unsigned long vm_start, vm_end; } __attribute__((preserve_access_index));
        struct bpf_map { unsigned int id; } __attribute__((preserve_access_index));
        struct kernfs_node { unsigned long long id; } __attribute__((preserve_access_index));
        struct cgroup { struct kernfs_node *kn; } __attribute__((preserve_access_index));
        struct kmem_cache { unsigned int object_size; } __attribute__((preserve_access_index));
        struct bpf_iter__task { struct bpf_iter_meta *meta; struct task_struct *task; } __attribute__((preserve_access_index));
        struct bpf_iter__task_file { struct bpf_iter_meta *meta; struct task_struct *task; unsigned int fd; struct file *file; } __attribute__((preserve_access_index));
        struct bpf_iter__task_vma { struct bpf_iter_meta *meta; struct task_struct *task; struct vm_area_struct *vma; } __attribute__((preserve_access_index));
        struct bpf_iter__bpf_map { struct bpf_iter_meta *meta; struct bpf_map *map; } __attribute__((preserve_access_index));
        struct bpf_iter__bpf_map_elem { struct bpf_iter_meta *meta; struct bpf_map *map; void *key; void *value; } __attribute__((preserve_access_index));
        struct bpf_iter__cgroup { struct bpf_iter_meta *meta; struct cgroup *cgroup; } __attribute__((preserve_access_index));
        struct bpf_iter__kmem_cache { struct bpf_iter_meta *meta; struct kmem_cache *s; } __attribute__((preserve_access_index));
        struct pair { __u64 a, b; };
        static inline int say(struct bpf_iter_meta *meta, __u64 a, __u64 b)
        {
            struct pair p = { a, b };
            return bpf_seq_write(meta->seq, &p, sizeof(p)) ? 1 : 0;
        }

        """;

    [Fact]
    public void Tasks_come_as_records_and_can_be_those_of_one_process()
    {
        using var iterator = TestObject.Load(Types + """
            SEC("iter/task") int walks(struct bpf_iter__task *ctx) { struct task_struct *task = ctx->task; return task ? say(ctx->meta, task->tgid, task->pid) : 0; }
            """);

        var all = iterator.Program("walks").ReadRecords<Pair>();

        Assert.Contains(all, p => p.First == (ulong)Environment.ProcessId);
        Since(6, 1, "limiting an iterator to a process");
        var own = iterator.Program("walks").ReadRecords<Pair>(new() { Pid = Environment.ProcessId });
        Assert.True(own.Length > 1);
        Assert.All(own, p => Assert.Equal((ulong)Environment.ProcessId, p.First));
    }

    [Fact]
    public void Files_of_a_process_are_walked()
    {
        using var iterator = TestObject.Load(Types + """
            SEC("iter/task_file") int walks(struct bpf_iter__task_file *ctx)
            { struct task_struct *task = ctx->task; return task && ctx->file ? say(ctx->meta, task->tgid, ctx->fd) : 0; }
            """);
        using var file = File.OpenHandle("/dev/null");

        var all = iterator.Program("walks").ReadRecords<Pair>();

        Assert.Contains(new((ulong)Environment.ProcessId, (ulong)file.DangerousGetHandle()), all);
    }

    [Fact]
    public void Memory_of_a_process_is_walked()
    {
        const string Source = Types + """
            SEC("iter/task_vma") int walks(struct bpf_iter__task_vma *ctx)
            {
                struct task_struct *task = ctx->task;
                struct vm_area_struct *vma = ctx->vma;
                return task && vma ? say(ctx->meta, task->tgid, vma->vm_start) : 0;
            }
            """;
        TestObject.Read(Source);
        Since(6, 1, "limiting an iterator to a process");
        using var iterator = TestObject.Load(Source);

        var own = iterator.Program("walks").ReadRecords<Pair>(new() { Pid = Environment.ProcessId });

        Assert.True(own.Length > 10);
        Assert.All(own, p => Assert.Equal((ulong)Environment.ProcessId, p.First));
    }

    [Fact]
    public void Maps_and_their_elements_are_walked()
    {
        using var iterator = TestObject.Load(Types + """
            struct { __uint(type, BPF_MAP_TYPE_HASH); __type(key, __u64); __type(value, __u64); __uint(max_entries, 8); } honey SEC(".maps");
            SEC("iter/bpf_map") int maps(struct bpf_iter__bpf_map *ctx) { struct bpf_map *map = ctx->map; return map ? say(ctx->meta, map->id, 0) : 0; }
            SEC("iter/bpf_map_elem") int elements(struct bpf_iter__bpf_map_elem *ctx)
            { __u64 *key = ctx->key, *value = ctx->value; return key && value ? say(ctx->meta, *key, *value) : 0; }
            """);
        BpfHashMap<ulong, ulong> honey = iterator.HashMap<ulong, ulong>("honey");
        (honey[1], honey[2]) = (10, 20);

        var maps = iterator.Program("maps").ReadRecords<Pair>();
        var elements = iterator.Program("elements").ReadRecords<Pair>(new() { Map = iterator.Map("honey") });
        var refusal = Assert.Throws<BpfException>(() => iterator.Program("elements").ReadRecords<Pair>());

        Assert.Contains(maps, p => p.First == iterator.Map("honey").Id);
        Assert.Equal([new(1, 10), new(2, 20)], elements.OrderBy(p => p.First));
        Assert.Contains("need a map", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cgroups_are_walked_from_where_it_is_said()
    {
        const string Source = Types + """
            SEC("iter/cgroup") int walks(struct bpf_iter__cgroup *ctx) { struct cgroup *cgroup = ctx->cgroup; return cgroup ? say(ctx->meta, cgroup->kn->id, 0) : 0; }
            """;
        TestObject.Read(Source);
        Since(6, 1, "iterators over cgroups");
        string root = KernelFileSystems.Cgroup2() ?? "";
        Assert.SkipWhen(root.Length == 0, "cgroup v2 is not mounted");
        string parent = Path.Combine(root, $"ruche-iterator-{Environment.ProcessId}");
        Directory.CreateDirectory(Path.Combine(parent, "below"));
        try
        {
            using var iterator = TestObject.Load(Source);
            var walks = iterator.Program("walks");

            var itself = walks.ReadRecords<Pair>(new() { Cgroup = parent, Order = CgroupOrder.Itself });
            var down = walks.ReadRecords<Pair>(new() { Cgroup = parent });
            var bottomUp = walks.ReadRecords<Pair>(new() { Cgroup = parent, Order = CgroupOrder.DescendantsFirst });
            var up = walks.ReadRecords<Pair>(new() { Cgroup = parent, Order = CgroupOrder.Ancestors });

            Assert.Equal((1, 2, 2, 2), (itself.Length, down.Length, bottomUp.Length, up.Length));
            Assert.Equal(down.Reverse(), bottomUp);
            Assert.Equal(itself[0], down[0]);
            Assert.Equal(itself[0], up[0]);
        }
        finally
        {
            Directory.Delete(Path.Combine(parent, "below"));
            Directory.Delete(parent);
        }
    }

    [Fact]
    public void Caches_of_the_allocator_are_walked()
    {
        const string Source = Types + """
            SEC("iter/kmem_cache") int walks(struct bpf_iter__kmem_cache *ctx) { struct kmem_cache *s = ctx->s; return s ? say(ctx->meta, s->object_size, 0) : 0; }
            """;
        TestObject.Read(Source);
        Since(6, 13, "iterators over caches of the allocator");
        using var iterator = TestObject.Load(Source);

        var caches = iterator.Program("walks").ReadRecords<Pair>();

        Assert.True(caches.Length > 20);
        Assert.Contains(caches, p => p.First == 4096);
    }

    [Fact]
    public void Records_of_another_size_are_told()
    {
        using var iterator = TestObject.Load(Types + """
            SEC("iter/bpf_map") int maps(struct bpf_iter__bpf_map *ctx)
            {
                static const char odd[] = "odd";
                return ctx->map ? 0 : bpf_seq_write(ctx->meta->seq, odd, 3) ? 1 : 0;
            }
            """);

        var refusal = Assert.Throws<BpfException>(() => iterator.Program("maps").ReadRecords<Pair>());

        Assert.Equal(Errno.EBADMSG, refusal.Errno);
        Assert.Contains("no whole number of Pair of 16 bytes", refusal.Message, StringComparison.Ordinal);
    }

    private readonly record struct Pair(ulong First, ulong Second);
}

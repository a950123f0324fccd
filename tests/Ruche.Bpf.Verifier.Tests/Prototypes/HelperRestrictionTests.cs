// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Prototypes;

namespace Ruche.Bpf.Verifier.Tests.Prototypes;

public sealed class HelperRestrictionTests
{
    [Theory]
    [InlineData(HelperId.Bind, ProgramType.CgroupSockAddr, AttachType.CgroupInet4Connect, null, HelperRefusal.None)]
    [InlineData(HelperId.Bind, ProgramType.CgroupSockAddr, AttachType.CgroupInet4Bind, null, HelperRefusal.NotOffered)]
    [InlineData(HelperId.GetRetval, ProgramType.CgroupSockOpt, AttachType.CgroupGetSockOpt, null, HelperRefusal.None)]
    [InlineData(HelperId.SetRetval, ProgramType.CgroupSockAddr, AttachType.CgroupUdp4RecvMsg, null, HelperRefusal.NotOffered)]
    [InlineData(HelperId.SeqWrite, ProgramType.Tracing, AttachType.TraceIter, "task", HelperRefusal.None)]
    [InlineData(HelperId.SeqWrite, ProgramType.Tracing, AttachType.TraceFentry, "vfs_read", HelperRefusal.NotOffered)]
    [InlineData(HelperId.GetFuncRet, ProgramType.Tracing, AttachType.TraceFexit, "vfs_read", HelperRefusal.None)]
    [InlineData(HelperId.GetFuncRet, ProgramType.Tracing, AttachType.TraceRawTp, "sched_switch", HelperRefusal.NotOffered)]
    [InlineData(HelperId.DPath, ProgramType.Tracing, AttachType.TraceFentry, "filp_close", HelperRefusal.None)]
    [InlineData(HelperId.DPath, ProgramType.Tracing, AttachType.TraceFentry, "vfs_read", HelperRefusal.NotAllowed)]
    [InlineData(HelperId.DPath, ProgramType.Lsm, AttachType.LsmMac, "file_open", HelperRefusal.None)]
    [InlineData(HelperId.DPath, ProgramType.Lsm, AttachType.LsmMac, "file_permission", HelperRefusal.NotAllowed)]
    [InlineData(HelperId.ImaFileHash, ProgramType.Lsm, AttachType.LsmMac, "task_free", HelperRefusal.NotAllowed)]
    [InlineData(HelperId.SkStorageGet, ProgramType.Tracing, AttachType.TraceFentry, "bpf_sk_storage_free", HelperRefusal.NotAllowed)]
    [InlineData(HelperId.GetFuncIp, ProgramType.Tracing, AttachType.TraceRawTp, "sched_switch", HelperRefusal.NotSupported)]
    [InlineData(HelperId.MapLookupElem, ProgramType.Lsm, AttachType.LsmMac, "file_open", HelperRefusal.None)]
    public void TheAttachmentCounts(HelperId helper, ProgramType type, AttachType attachment, string? target, HelperRefusal expected) =>
        Assert.Equal(expected, HelperRestrictions.Check(helper, new HelperCaller(type, attachment, target)));

    [Theory]
    [InlineData(HelperId.MapLookupElem, HelperCapability.None)]
    [InlineData(HelperId.Loop, HelperCapability.Bpf)]
    [InlineData(HelperId.ProbeReadKernel, HelperCapability.Perfmon)]
    [InlineData(HelperId.ProbeWriteUser, HelperCapability.SysAdmin)]
    public void SomeTakeACapability(HelperId helper, HelperCapability expected) => Assert.Equal(expected, HelperRestrictions.CapabilityFor(helper));
}

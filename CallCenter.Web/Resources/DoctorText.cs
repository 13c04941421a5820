namespace CallCenter.Web.Resources;

/// <summary>Marks the texts of DoctorText.resx: what the connection doctor does and finds.</summary>
public sealed class DoctorText;

namespace CallCenter.Simulators.Ucm;

/// <summary>Status codes of the HTTPS API, as the vendor numbers them.</summary>
public static class UcmStatus
{
    public const int Success = 0;
    public const int InvalidParameters = -1;
    public const int NeedAuthentication = -5;
    public const int CookieError = -6;
    public const int SystemTimeout = -8;
    public const int AbnormalError = -9;
    public const int InvalidValue = -15;
    public const int NoSuchItem = -16;
    public const int Unsupported = -19;
    public const int OperateFailed = -24;
    public const int UpdateFailed = -25;
    public const int GetFailed = -26;
    public const int WrongAccountOrPassword = -37;
    public const int DataChanged = -43;
    public const int AlreadyAdded = -44;
    public const int TooOften = -45;
    public const int NoPermission = -47;
    public const int SensitiveCharacters = -50;
    public const int TaskRunning = -51;
    public const int LoginRestriction = -68;
    public const int ConferenceRunning = -69;
    public const int LoginForbidden = -70;
}

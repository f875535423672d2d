import type { caFindings as en } from '../en/ca-findings.ts';

export const caFindings: typeof en = {
  notWindows: {
    what: 'Auf diesem Computer läuft kein Windows.',
    why: 'Eine Zertifizierungsstelle von Active Directory läuft auf Windows Server.',
    action:
      'Kopieren Sie die Befehle, und führen Sie sie auf dem Server der CA in einer Eingabeaufforderung als Administrator aus.',
  },
  noCa: {
    what: 'Auf diesem Computer gibt es keine Zertifizierungsstelle (kein Dienst CertSvc).',
    why: 'Am meisten nützt das Relay auf dem Server der CA selbst: Deren E-Mail wartet dann nie auf das Netz.',
    action:
      'Kopieren Sie die Befehle, und führen Sie sie auf dem Server der CA in einer Eingabeaufforderung als Administrator aus.',
  },
  unreadable: {
    what: 'Die Einstellungen der Zertifizierungsstelle dürfen nicht gelesen werden.',
    why: 'Ohne sie kann niemand sagen, an welchen Server die CA sendet.',
    action: 'Öffnen Sie diese Konsole als Administrator.',
  },
  serverCore: {
    what: 'Dies ist eine Server-Core-Installation.',
    why: 'Dort soll das Beendigungsmodul gar keine E-Mail senden, wie immer es eingestellt ist.',
    action:
      'Überwachen Sie stattdessen das Ereignisprotokoll der CA zentral, oder ziehen Sie sie auf einen Server mit Desktop um.',
  },
  clustered: {
    what: 'Die Zertifizierungsstelle gehört zu einem Failovercluster.',
    why: 'Nur ein Neustart über den Cluster bewahrt die Änderung ihrer Einstellungen; jeder Knoten braucht ein eigenes Relay.',
    action:
      'Installieren Sie das Relay auf beiden Knoten als Dienst, setzen Sie auf dem aktiven 127.0.0.1, und starten Sie die CA im Failovercluster-Manager neu.',
  },
  clusterUnknown: {
    what: 'Dieser Computer ist ein Knoten eines Clusters; welche Dienste dazugehören, konnte nicht gelesen werden.',
    why: 'Eine CA im Cluster darf nicht am Cluster vorbei neu gestartet werden.',
    action: 'Öffnen Sie diese Konsole als Administrator; bis dahin wird der Neustart abgelehnt.',
  },
  moduleNotActive: {
    what: 'Das Beendigungsmodul „Windows-Standard“ ist nicht aktiv.',
    why: 'Es ist der Teil der CA, der E-Mail sendet. Manche entfernen es, um eine stark beanspruchte CA zu entlasten.',
    action:
      'Fügen Sie es in den Eigenschaften der CA auf der Registerkarte „Beendigungsmodul“ hinzu, und starten Sie die CA neu.',
  },
  moduleNotFirst: {
    what: 'Ein anderes Beendigungsmodul steht an erster Stelle: {{first}}.',
    why: 'Der Kurzname „exit“ von certutil meint das erste Modul; die Befehle hier nennen das richtige mit vollem Namen.',
    action: 'Nichts zu tun.',
  },
  caNotRunning: {
    what: 'Die Zertifizierungsstelle läuft nicht (Status von CertSvc: {{state}}).',
    why: 'Sie stellt nichts aus und sendet nichts.',
    action: 'Klären Sie die Ursache, bevor Sie ihre E-Mail ändern: Das Anwendungsprotokoll nennt sie.',
  },
  noServer: {
    what: 'Es ist kein Mailserver gesetzt.',
    why: 'Jede E-Mail scheitert mit 0x8004020A.',
    action: 'Richten Sie die CA auf das Relay.',
  },
  serverIsRelay: {
    what: 'Der Mailserver ist {{server}}, dieser Computer selbst.',
    why: 'Die CA wartet nie auf das Netz.',
    action: 'Nichts zu tun.',
  },
  serverElsewhere: {
    what: 'Der Mailserver ist {{server}}: ein anderer Computer oder eine Adresse, die dieser nicht mehr hat.',
    why: 'Solange er nicht erreichbar ist, wartet die CA bei jedem Ereignis bis zu einer halben Minute und startet vielleicht gar nicht.',
    action: 'Richten Sie die CA auf 127.0.0.1.',
  },
  serverIsGateway: {
    what: 'Der Mailserver ist noch das Gateway {{server}}, am Relay vorbei.',
    why: 'Solange es nicht erreichbar ist, wartet die CA bei jedem Ereignis bis zu einer halben Minute und startet vielleicht gar nicht.',
    action: 'Richten Sie die CA auf 127.0.0.1; das Relay sendet an das Gateway weiter.',
  },
  serverNicAddress: {
    what: 'Der Mailserver ist {{server}}, die Adresse einer Netzwerkkarte dieses Computers.',
    why: 'Ändert sich die Adresse oder fehlt das Kabel, verliert die CA ihren Mailserver.',
    action: 'Richten Sie die CA auf 127.0.0.1.',
  },
  serverNicGone: {
    what: 'Der Mailserver ist {{server}}, eine Adresse, die dieser Computer nicht mehr hat.',
    why: 'Jede E-Mail der CA scheitert, und jede kostet Zeit.',
    action: 'Richten Sie die CA auf 127.0.0.1.',
  },
  serverLocalName: {
    what: 'Der Mailserver ist {{server}}, ein Name dieses Computers.',
    why: 'Der Name kann zuerst zu ::1 oder einer Netzwerkkarte führen, wo niemand lauscht: etwa zwei Sekunden je E-Mail.',
    action: 'Richten Sie die CA auf 127.0.0.1, die Adresse als Zahl.',
  },
  authentication: {
    what: 'Die CA meldet sich an ihrem Mailserver an (SMTPAuthenticate {{mode}}).',
    why: 'Das Relay verlangt kein Kennwort und bietet keine Anmeldung an, jede E-Mail würde scheitern; und das Beendigungsmodul sendet das Kennwort im Klartext.',
    action: 'Setzen Sie SMTPAuthenticate auf 0.',
  },
  noEvents: {
    what: 'Es ist kein Ereignis gewählt.',
    why: 'Die CA sendet nie E-Mail.',
    action: 'Wählen Sie Ereignisse unter „Ereignisse und Texte“.',
  },
  unknownEvents: {
    what: 'Die Ereignismaske hat Bits, die hier nicht bekannt sind: {{bits}}.',
    why: 'Ein neueres Windows kennt vielleicht mehr Ereignisse.',
    action: 'Nichts zu tun: Sie bleiben erhalten.',
  },
  mailWithoutFrom: {
    what: 'Die E-Mail „{{key}}“ hat keinen Absender.',
    why: 'Sie scheitert mit 0x8004020D.',
    action: 'Geben Sie ihr unter „Ereignisse und Texte“ einen Absender.',
  },
  mailWithoutTo: {
    what: 'Die E-Mail „{{key}}“ hat keinen Empfänger.',
    why: 'Sie scheitert mit 0x8004020C: Nur E-Mail zu einem Zertifikat kann an den Antragsteller gehen.',
    action: 'Geben Sie ihr unter „Ereignisse und Texte“ einen Empfänger.',
  },
  relayNotRunning: {
    what: 'Auf diesem Computer antwortet kein Relay, oder dieses Konto darf nicht mit ihm sprechen.',
    why: 'Eine CA, die an 127.0.0.1 sendet, verliert ohne Relay dort ihre E-Mail und bei jedem Ereignis etwa zwei Sekunden.',
    action: 'Starten Sie das Relay, am besten als Dienst.',
  },
  relayNotListening: {
    what: 'Das Relay lauscht nicht auf {{address}}.',
    why: 'Das Beendigungsmodul kennt keinen anderen Port als 25.',
    action:
      'Fügen Sie die Adresse auf der Registerkarte „Allgemein“ eines virtuellen Servers hinzu, oder suchen Sie, wer den Port hat.',
  },
  relayNotService: {
    what: 'Das Relay läuft in einer Konsole, nicht als Dienst.',
    why: 'Es startet erst, wenn sich jemand anmeldet; die CA sendet ihre erste E-Mail vorher.',
    action: 'Installieren Sie das Relay als Dienst.',
  },
  recentFailures: {
    what: 'In den letzten 24 Stunden konnte die CA {{count}} E-Mails nicht senden; zuletzt am {{at}}, {{errorCode}}.',
    why: 'Das Beendigungsmodul versucht es nicht noch einmal: Diese E-Mails sind verloren.',
    action:
      'Vergleichen Sie die Zeiten mit dem Protokoll des Relays. Nach der Umstellung auf das Relay sollte es keine mehr geben.',
  },
  restartPending: {
    what: 'Die CA wurde seit der Änderung ihrer Einstellungen nicht neu gestartet.',
    why: 'Sie verwendet noch die alten.',
    action: 'Starten Sie die CA zu einer passenden Zeit neu.',
  },
};

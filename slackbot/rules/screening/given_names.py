"""Given names common enough to be known in lower case after a cue; those that are also words are left out."""

from typing import Final

_NAMES: Final = """
aaron adam adriana ahmed aisha alan albert alejandro alex alexander alice alicia alison amanda amber amy ana andrea
andrew angela anita ann anna anne annette anthony antonio arthur ashley barbara beatrice benjamin bernard betty beverly
bonnie brandon brenda brian bruce bryan caleb camila carl carla carlos carmen carol caroline carolyn catherine cathy
charles cheryl christina christine christopher cindy claire clara connie craig crystal cynthia dan daniel danielle david
deborah debra denise dennis diana diane diego dolores donald donna doris dorothy douglas edith eduardo edward eileen
elaine elena elizabeth ella ellen emily emma eric erica esther ethan eugene eva evelyn fatima felix fernando florence
frances francis francisco fred gabriel gary george gerald geraldine gladys gloria gordon gregory hannah harold harry
hassan heather hector helen henry howard hugo ines ingrid irene isaac isabel jacob jacqueline james jamie jane janet
janice jason javier jean jeff jeffrey jennifer jeremy jerry jesse jessica jim jimmy joan joann joe joel john johnny
jonathan jorge jose joseph joshua joyce juan juanita judith judy julia julie justin karen katherine kathleen kathryn
kathy keith kelly kenneth kevin kimberly kyle larry laura lauren laurie lawrence leonard leslie lillian linda lisa lois
lori lorraine louis louise lucia lucy luis lynn marcus margaret maria marie marilyn mario marjorie marlene martha martin
marvin mary matthew megan melanie melissa michael michelle miguel mildred mohammed monica muhammad nancy natalie nathan
nicholas nicole noah nora norma norman olga olivia omar oscar pamela patricia patrick paul paula pauline pedro peggy
peter philip phillip phyllis rachel rafael ralph ramon randy raymond rebecca renee ricardo richard rita robert roberta
roger ronald rosa rosemary ruth ryan sally samantha samuel sandra sara sarah scott sean sergio sharon sheila shirley
sofia sonia sophia stanley stephanie stephen steve steven susan suzanne sylvia tamara teresa theodore theresa thomas
tiffany timothy tina todd tom tony tracy tyler valerie vanessa veronica victoria vincent virginia vivian walter wanda
wayne wendy william willie yolanda yvonne zachary
"""
GIVEN: Final = rf"(?:{'|'.join(_NAMES.split())})"
